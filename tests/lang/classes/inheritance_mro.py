# C3 linearisation, super chains, diamond calls and inconsistent orders.
# needs: 3.13
class O: pass
class A(O):
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [k.__name__ for k in D.__mro__], [k.__name__ for k in D.mro()], D.__base__.__name__)
class X: pass
class Y: pass
class P(X, Y): pass
class Q(Y, X): pass
for bases in ((P, Q), (object, X), (X, X), (X, P), (int, str), (bool,), (type(None),), (5,), ('x',)):
    try: print([k.__name__ for k in type('Z', bases, {}).__mro__])
    except TypeError as e: print(e)
class E(P): pass
class F(E, X, Y): pass
print([k.__name__ for k in F.__mro__], F.__bases__ == (E, X, Y))
class K1(A): pass
class K2(A): pass
class K3(K1, O): pass
class K4(K2, K3): pass
print([k.__name__ for k in K4.__mro__])
print(issubclass(D, A), issubclass(A, D), isinstance(D(), (int, C)), D.__subclasses__(), sorted(k.__name__ for k in A.__subclasses__()))
class M1:
    def __init__(self, **k): print('M1', k); super().__init__(**k)
class M2:
    def __init__(self, a=0, **k): print('M2', a, k); super().__init__(**k)
class M3(M1, M2):
    def __init__(self, **k): print('M3'); super().__init__(**k)
M3(a=1)
try: M3(zzz=1)
except TypeError as e: print(e)
A.f = lambda self: ['patched A']; print(D().f())
B.__bases__ = (C,); print([k.__name__ for k in B.__mro__], B().f())
for v in (5, (), (B,), (int,), ('a',)):
    try: B.__bases__ = v
    except TypeError as e: print(str(e)[:60])
class MetaMro(type):
    def mro(cls): return [cls, Y, object]
class W(X, metaclass=MetaMro): pass
print([k.__name__ for k in W.__mro__], issubclass(W, Y), issubclass(W, X))
