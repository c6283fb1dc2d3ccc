# overriding, calling the base, class attributes through inheritance.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    x = 1
    def f(self): return 'A.f', self.x
    def g(self): return self.f()
class B(A):
    x = 2
    def f(self): return ('B.f',) + super().f()
b = B()
print(b.f(), b.g(), A().g(), A.f(b), B.x, A.x)
---
class A:
    def __init__(self, v): self.v = v
class B(A):
    def __init__(self, v, w): super().__init__(v); self.w = w
class C(B): pass
c = C(1, 2); print(c.v, c.w, isinstance(c, A), issubclass(C, A), C.__bases__[0].__name__)
---
class A: pass
class B(A): pass
A.late = 'late'; print(B().late)
B.late = 'own'; print(B.late, A.late); del B.late; print(B.late)
---
class L(list):
    def total(self): return sum(self)
    def append(self, v): super().append(v * 2)
l = L([1, 2]); l.append(3); print(l, l.total(), len(l), l[0], isinstance(l, list))
---
class D(dict):
    def __missing__(self, k): return k * 2
d = D(a=1); print(d['a'], d['zz'], 'zz' in d)
---
class S(str):
    def shout(self): return self.upper() + '!'
print(S('hi').shout(), S('a') + 'b', len(S('abc')))
---
class A:
    def who(self): return type(self).__name__
class B(A): pass
print([k().who() for k in (A, B)])
---
class A: pass
class B(A, A): pass
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
