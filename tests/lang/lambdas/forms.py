# Lambda parameter forms, nesting, defaults and bodies.
print((lambda: 1)(), (lambda x: x)(2), (lambda x, y=3: x + y)(1), (lambda *a: a)(1, 2), (lambda **k: k)(a=1), (lambda *, k: k)(k=4))
print((lambda a, /, b, *, c: (a, b, c))(1, b=2, c=3), (lambda a, *b, c=1, **d: (a, b, c, d))(1, 2, 3, e=5))
print((lambda x: lambda y: lambda z: (x, y, z))(1)(2)(3))
print((lambda: (yield))().__class__.__name__, list((lambda: (yield 5))()))
f = lambda: 0
print(f.__name__, f.__qualname__, f.__doc__)
print((lambda x: x if x else 'falsy')(0), (lambda: [i for i in range(3)])(), (lambda x: (y := x + 1, y))(1))
print(sorted(['bb', 'a', 'ccc'], key=lambda s: -len(s)), list(map(lambda x, y: x * y, [1, 2], [3, 4])), list(filter(lambda x: x % 2, range(6))))
d = {'add': lambda a, b: a + b, 'neg': lambda a: -a}
print(d['add'](1, 2), d['neg'](5))
print((lambda *a, **k: (a, k))(*[1], **{'x': 2}), (lambda x=lambda: 5: x())(), (lambda: (lambda: 'inner'))()())
g = lambda x: \
    x + 1
print(g(1))
h = lambda: (
    1,
    2)
print(h())
print([(lambda x: x ** 2)(i) for i in range(4)], (lambda: not None)(), (lambda a: a or 'b')(''))
class C:
    m = lambda self, x: (type(self).__name__, x)
    s = staticmethod(lambda: 's')
print(C().m(1), C.s())
print((lambda x, : x)(1), (lambda *args, : args)(1))
if lambda: 0: print("lambda is true")
print((lambda: {**{'a': 1}})(), (lambda: ...)(), (lambda x: x[1:])('abc'), (lambda x: -x)(3))
try: (lambda x: 1 / x)(0)
except ZeroDivisionError as e: print("ZeroDivisionError")
try: (lambda: undefined)()
except NameError as e: print(e)
