# diamonds, mixins and cooperative init.
# needs: 3.13
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C): pass
class E(C, B): pass
print(D().f(), E().f(), [k.__name__ for k in D.__mro__])
---
class Base:
    def __init__(self, **kw): self.kw = kw
class M1(Base):
    def __init__(self, a, **kw): super().__init__(**kw); self.a = a
class M2(Base):
    def __init__(self, b, **kw): super().__init__(**kw); self.b = b
class Both(M1, M2): pass
x = Both(a=1, b=2, c=3); print(x.a, x.b, x.kw)
---
class Cmp:
    def __lt__(self, o): return self.key() < o.key()
class Show:
    def __repr__(self): return f'{type(self).__name__}({self.key()})'
class V(Cmp, Show):
    def __init__(self, k): self.k = k
    def key(self): return self.k
print(sorted([V(3), V(1), V(2)]))
---
class A: x = 'A'
class B(A): pass
class C(A): x = 'C'
class D(B, C): pass
print(D.x, D().x)
---
class X: pass
class Y: pass
class P(X, Y): pass
class Q(Y, X): pass
class R(P, Q): pass
---
class A(int, str): pass
---
class A(int, object): pass
print(A(5) + 1)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
