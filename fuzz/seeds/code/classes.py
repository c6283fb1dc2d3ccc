class Meta(type):
    def __prepare__(name, bases, **kw): return {'z': 1}
    def __new__(m, name, bases, ns, **kw): return super().__new__(m, name, bases, dict(ns))
class A(metaclass=Meta, flag=1):
    x: int = 1
    y: 'str'
    __slots__ = ('s',)
    def __init__(self): self.s = __class__
    def f(self): return super().__repr__()
class B(A):
    def f(self): return super().f() + super(B, self).f()
    @property
    def p(self): return self.s
    @p.setter
    def p(self, v): self.s = v
b = B()
b.f(), b.p, b.x
b.p = 5
b.n = [1]
b.n += [2]
del b.n
type T[K: int, *V, **P] = dict[K, V]
def generic[X](a: X) -> X: return a
class G[Y = int]: pass
print(T.__type_params__, generic.__type_params__, G[int], A.__annotations__)
