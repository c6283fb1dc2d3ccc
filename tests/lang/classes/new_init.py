# __new__ and __init__ interplay; object()'s argument checks; immutable subclasses.
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class A:
    def __new__(cls, *a, **k): print('new', cls.__name__, a, k); return super().__new__(cls)
    def __init__(self, *a, **k): print('init', a, k)
A(1, x=2)
class B(A):
    def __new__(cls): return A.__new__(A)
print(type(B()).__name__)
class C:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(C())
class D(A):
    def __new__(cls, v): return super().__new__(E) if v else super().__new__(cls)
class E(D):
    def __init__(self, v): print('E init', v)
D(1); D(0)
class F: pass
class G:
    def __init__(self, x): self.x = x
class H:
    def __new__(cls, x): return super().__new__(cls)
class I:
    def __new__(cls, x): return super().__new__(cls, x)
class J:
    def __init__(self, x): super().__init__(x)
class K:
    def __init__(self): return 1
class L:
    def __new__(): pass
t(lambda: F(1)); t(lambda: F(a=1)); t(lambda: G(5).x); t(lambda: G()); t(lambda: type(H(1)).__name__); t(lambda: H()); t(lambda: I(1)); t(lambda: J(1)); t(lambda: K()); t(lambda: L()); t(lambda: object(1)); t(lambda: object.__new__(int)); t(lambda: object.__new__(5)); t(lambda: object.__new__()); t(lambda: int.__new__(object)); t(lambda: list.__new__(dict)); t(lambda: object.__init__(F(), 1)); t(lambda: object.__new__(F, 1)); t(lambda: object.__new__(G, 1) is not None)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, sorted(a))
    def __init__(self, *a): self.n = len(a)
print(T(3, 1, 2), T(1).n)
class S(str):
    def __new__(cls, s, extra): o = str.__new__(cls, s.upper()); o.extra = extra; return o
print(S('abc', 5), S('a', 6).extra)
class Fl(float):
    def __new__(cls, v): return float.__new__(cls, v * 2)
print(Fl(1.5), Fl.__mro__[1].__name__)
o = A.__new__(A, 9); print(type(o).__name__, o.__dict__); o.__init__(1); A.__init__(o, 2)
class Li(list):
    def __init__(self, n): super().__init__(range(n)); self.n = n
print(Li(3), Li(2).n); print(F.__init__ is object.__init__, F.__new__ is object.__new__, isinstance(H.__dict__['__new__'], staticmethod))
class Count:
    n = 0
    def __new__(cls): cls.n += 1; return object.__new__(cls)
Count(); Count(); print(Count.n)
