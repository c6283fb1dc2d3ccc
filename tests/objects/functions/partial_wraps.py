# functools.partial, partialmethod, wraps, reduce, cached_property, total_ordering.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import functools as ft
p = ft.partial(lambda *a, **k: (a, k), 1, 2, x=3)
print(p(), p(4), p(x=9, y=1), p.args, p.keywords, ft.partial(p, 5).args, ft.partial(int, base=2)('101'), repr(ft.partial(print, 1)), ft.partial(len)('abc')); p.attr = 1; print(p.attr, p.__dict__)
err(ft.partial); err(ft.partial, 5); err(setattr, p, 'func', 1); err(ft.partial(len)); err(ft.partial(lambda x: x, y=1), 1)
class A:
    def f(self, a, b=0): return type(self).__name__, a, b
    g = ft.partialmethod(f, 1); h = ft.partialmethod(f, b=9); n = 0
    @ft.cached_property
    def c(self): self.n += 1; return self.n
    @ft.singledispatchmethod
    def s(self, x): return 'default'
    @s.register
    def _(self, x: int): return 'int'
    @s.register(str)
    def _(self, x): return 'str'
a = A(); print(a.g(), a.g(5), a.h(2), a.c, a.c, a.__dict__, a.s(1), a.s('x'), a.s([]), a.s(True)); del a.c; print(a.c)
def w(f):
    @ft.wraps(f)
    def inner(*a): "inner doc"; return f(*a)
    return inner
@w
def orig(x: int): "orig doc"; return x
print(orig.__name__, orig.__doc__, orig.__wrapped__(3), orig(4), orig.__annotations__)
print(ft.reduce(lambda a, b: a * b, [1, 2, 3, 4]), ft.reduce(lambda a, b: a + b, 'abc', 'z'), ft.reduce(max, [1]), ft.reduce(lambda a, b: 1, [], 'init')); err(ft.reduce, max, []); err(ft.reduce, max, 5); err(ft.reduce, max)
@ft.total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) <= T(1), T(1) > T(2), T(2) >= T(1)); err(ft.total_ordering, object)
@ft.singledispatch
def sd(x): return 'obj'
@sd.register(int)
def _(x): return 'int'
@sd.register(list)
@sd.register(tuple)
def _(x): return 'seq'
print(sd(1), sd(True), sd([]), sd(()), sd('a'), sd.dispatch(bool)(1), sorted(t.__name__ for t in sd.registry)); err(sd); k = ft.cmp_to_key(lambda a, b: b - a); print(sorted([1, 3, 2], key=k), k(1) < k(2), k(1) == k(1))
