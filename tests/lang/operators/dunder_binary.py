# Binary operator protocol: reflected methods, NotImplemented and subclass priority.
class A:
    def __add__(self, o): print("A.add"); return NotImplemented
    def __radd__(self, o): print("A.radd"); return "Aradd"
    def __mul__(self, o): return "Amul"
class B(A):
    def __radd__(self, o): print("B.radd"); return "Bradd"
class C(A): pass
class D:
    def __radd__(self, o): print("D.radd"); return "Dradd"
    def __rmul__(self, o): return "Drmul"
def t(f):
    try: print(f())
    except TypeError as e: print("TypeError", e)
t(lambda: A() + A()); t(lambda: A() + B()); t(lambda: B() + A()); t(lambda: A() + C()); t(lambda: C() + A())
t(lambda: A() + D()); t(lambda: 1 + A()); t(lambda: A() + 1); t(lambda: D() + 1); t(lambda: 1 * D()); t(lambda: A() * D()); t(lambda: [1] * D())
class E:
    def __sub__(self, o): return ("sub", o)
    def __rsub__(self, o): return ("rsub", o)
    def __truediv__(self, o): return "div"
    def __floordiv__(self, o): return "fdiv"
    def __mod__(self, o): return "mod"
    def __divmod__(self, o): return "divmod"
    def __rdivmod__(self, o): return "rdivmod"
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o, m=None): return ("rpow", o, m)
    def __lshift__(self, o): return "lsh"
    def __rrshift__(self, o): return "rrsh"
    def __and__(self, o): return "and"
    def __ror__(self, o): return "ror"
    def __xor__(self, o): return "xor"
    def __matmul__(self, o): return "matmul"
    def __rmatmul__(self, o): return "rmatmul"
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
e = E()
print(e - 1, 1 - e, e / 1, e // 1, e % 1, divmod(e, 1), divmod(1, e), e ** 2, 2 ** e, pow(e, 2, 3), e << 1, 1 >> e, e & 1, 1 | e, e ^ 1, e @ 1, 1 @ e, -e, +e, ~e, abs(e))
t(lambda: 1 / e); t(lambda: e >> 1); t(lambda: e + 1)
class F(int):
    def __radd__(self, o): return "Fradd"
    def __rsub__(self, o): return "Frsub"
print(1 + F(2), F(2) + 1, 1 - F(2), 1.5 - F(2), 2 * F(3))
A.__radd__ = None
t(lambda: 1 + A())
