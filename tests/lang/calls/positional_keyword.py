# Positional and keyword binding with defaults.
def f(a, b=2, c=3): return a, b, c
print(f(1), f(1, 5), f(1, c=9), f(a=1), f(c=1, a=2), f(1, 2, 3), f(1, b=7, c=8), f(b=1, a=0, c=2))
def g(a, b, *args, c, d=4, **kw): return a, b, args, c, d, kw
print(g(1, 2, c=3), g(1, 2, 3, 4, c=5), g(1, 2, c=3, d=6, e=7), g(b=1, a=2, c=3), g(1, b=2, c=3, z=0, y=1))
def h(*, k): return k
print(h(k=1))
def i(*args): return args
print(i(), i(1), i(1, 2, [3]), i(*'abc'))
def j(**kw): return kw
print(j(), j(a=1), j(**{'x y': 1}), j(self=1, cls=2))
def p(a, /, b, *, c): return a, b, c
print(p(1, 2, c=3), p(1, b=2, c=3))
def q(a, /, **kw): return a, kw
print(q(1, a=2), q(1, **{'a': 3, 'b': 4}))
def r(a=1, /, b=2): return a, b
print(r(), r(5), r(5, 6), r(b=7))
d = {'a': 1}
print(j(**d) == d, j(**d) is d)
l = [1, 2]
def s(*args, **kw): return args, kw
print(s(*l, *l, x=1, *l, **d, **{'b': 2}))
print((lambda *a, k=5, **kw: (a, k, kw))(1, 2, k=3, z=4))
print(f(*range(3)), f(*[1], **{'b': 5}), f(**{'a': 1, 'c': 2}), f(*'xyz'), f(1, *[], **{}))
