# __getattr__ for missing names only; proxies and delegation.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class P:
    def __init__(self, o): self.o = o
    def __getattr__(self, n): return getattr(self.o, n)
p = P([3, 1]); p.append(2); print(p.o, p.index(1), len(p.o))
---
class A:
    here = 1
    def __getattr__(self, n): print('asked', n); return n
a = A(); print(a.here, a.gone); a.gone = 5; print(a.gone)
---
class A:
    def __getattr__(self, n): raise AttributeError(n)
print(hasattr(A(), 'x'), getattr(A(), 'x', 'default'))
A().x
---
class A:
    def __getattr__(self, n): return self.other
A().x
---
class A:
    def __setattr__(self, n, v): super().__setattr__(n, v * 2)
a = A(); a.x = 5; print(a.x, a.__dict__)
---
class Ro:
    def __init__(self): object.__setattr__(self, 'x', 1)
    def __setattr__(self, n, v): raise AttributeError('read only ' + n)
    def __delattr__(self, n): raise AttributeError('keep ' + n)
r = Ro(); print(r.x)
for f in (lambda: setattr(r, 'x', 2), lambda: delattr(r, 'x')):
    try: f()
    except AttributeError as e: print(e)
---
class A:
    def __getattribute__(self, n): return 'always ' + n
print(A().anything, A().__class__)
---
class A:
    def __getattr__(self, n): return lambda *a: (n, a)
print(A().foo(1, 2), A().bar())
len(A())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
