# Generic classes with PEP 695 syntax.
# needs: 3.13
class Box[T]:
    item: T
    def __init__(self, v: T): self.v = v
    def get(self) -> T: return self.v
    def meth[U](self, u: U) -> tuple[T, U]: return self.v, u, T, U
    class Inner: t = 'inner'
print(Box(5).get(), Box.__type_params__, Box.__parameters__, Box[int], Box[int](3).v, [b.__name__ for b in Box.__bases__], [b.__name__ for b in Box.__mro__])
print(Box(1).meth(2), Box.meth.__type_params__, Box.__orig_bases__)
class Pair[K, V: int](dict[K, V]): pass
print(Pair.__type_params__, Pair[str, bool], Pair(a=1), Pair.__orig_bases__, Pair.__mro__[1:3])
class Child[X](Box[X]): pass
print(Child[str], Child.__parameters__, Child[int].__origin__.__name__, Child[int].__args__)
for f in (lambda: Box[int, str], lambda: Pair[int], lambda: Box[()], lambda: Box[int][str]):
    try: print(f())
    except TypeError as e: print(str(e).replace('__main__.', ''))
class Var[*Ts, **P]: pass
print(Var.__type_params__, Var[int, str, [int]] if False else '')
T = 'module'
class S[T]:
    a = T.__name__
    def f(self): return T
    T2 = T
print(S.a, S().f(), T, 'T' in vars(S), S.T2)
class Meta(type): pass
class M[T](metaclass=Meta): x: T
print(type(M).__name__, M[int])
def fn[T]():
    class L[U](list): pass
    return L
print(fn().__type_params__, fn().__orig_bases__)
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("class A[T, T]: pass", "class A[T](T, metaclass=(yield)): pass", "class A[T]((x := int)): pass", "class A[T]: T = 1", "class A[]: pass", "class A[T]: pass", "class A[T]: global T", "class A[__x, y]: pass", "class A[T: T]: pass"): syn(s)
