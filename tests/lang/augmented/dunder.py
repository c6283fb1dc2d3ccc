# In-place methods: order of fallback, result rebinding, single evaluation of the target.
class A:
    def __init__(self, v): self.v = v
    def __iadd__(self, o): print("iadd"); self.v += o; return self
    def __sub__(self, o): print("sub"); return A(self.v - o)
    def __imul__(self, o): print("imul"); return NotImplemented
    def __mul__(self, o): print("mul"); return "product"
    def __itruediv__(self, o): return "quotient"
    __ifloordiv__ = None
    def __floordiv__(self, o): return "never"
a = b = A(1)
a += 5; print(a is b, a.v)
a -= 2; print(a is b, a.v)
a *= 3; print(a)
a = b; a /= 1; print(a)
a = b
try: a //= 1
except TypeError as e: print(e)
class R:
    def __radd__(self, o): return ("radd", o)
x = 1; x += R(); print(x)
def idx(): print("idx"); return 0
def lst(): print("lst"); return L
def val(): print("val"); return 5
L = [1]
lst()[idx()] += val(); print(L)
class P:
    def __getattr__(self, n): print("get", n); return 10
    def __setattr__(self, n, v): print("set", n, v)
    def __getitem__(self, k): print("getitem", k); return 1
    def __setitem__(self, k, v): print("setitem", k, v)
p = P()
p.x += 1
p[1:2] *= 3
p[1, ...] -= 1
p.q **= p[idx()]
class I(list):
    def __iadd__(self, o): self.append(o); return self
i = I(); i += 1; i += [2]; print(i, type(i).__name__)
class M:
    def __imatmul__(self, o): return ("imatmul", o)
    def __ipow__(self, o): return ("ipow", o)
    def __ilshift__(self, o): return ("ils", o)
    def __iand__(self, o): return ("iand", o)
for op in ("@=", "**=", "<<=", "&="):
    ns = {"m": M()}; exec("m " + op + " 4", ns); print(ns["m"])
