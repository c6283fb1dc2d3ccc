# in-place operators and their fall back.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    def __init__(self, v): self.v = v
    def __add__(self, o): return A(self.v + o)
    def __repr__(self): return f'A{self.v}'
a = b = A(1); a += 5; print(a, b)
---
class A(list):
    def __iadd__(self, o): self.append(o); return self
a = b = A(); a += 1; print(a, b, a is b)
---
class A:
    def __isub__(self, o): return NotImplemented
    def __sub__(self, o): return 'sub'
a = A(); a -= 1; print(a)
---
class A:
    def __imul__(self, o): return 'imul'
    def __ifloordiv__(self, o): return 'ifloordiv'
    def __imod__(self, o): return 'imod'
    def __ior__(self, o): return 'ior'
    def __irshift__(self, o): return 'irshift'
for op in ('*=', '//=', '%=', '|=', '>>='):
    ns = {'a': A()}; exec(f'a {op} 1', ns); print(ns['a'])
---
class A: pass
a = A(); a += 1
---
class C:
    def __init__(self): self.d = {}
    def __getitem__(self, k): print('get', k); return self.d.get(k, 0)
    def __setitem__(self, k, v): print('set', k, v); self.d[k] = v
c = C(); c['x'] += 5; c['x'] *= 2
---
class P:
    n = 0
    @property
    def v(self): print('get'); return self.n
    @v.setter
    def v(self, x): print('set', x); self.n = x
p = P(); p.v += 3; p.v -= 1
---
t = (1,); u = t; t += (2,); print(t, u)
s = frozenset([1]); q = s; s |= {2}; print(len(s), len(q))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
