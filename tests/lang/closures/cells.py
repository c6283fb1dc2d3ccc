# Cells: late binding, sharing, empty cells and cell attributes.
fs = []
for i in range(3): fs.append(lambda: i)
print([f() for f in fs])
def make(): return [lambda: j for j in range(3)]
print([f() for f in make()])
def make2():
    r = []
    for k in range(3):
        def g(k=k): return k
        r.append(g)
    return r
print([f() for f in make2()])
def pair():
    v = 0
    def get(): return v
    def set(x):
        nonlocal v
        v = x
    return get, set
g, s = pair(); s(5); print(g()); g2, s2 = pair(); print(g2())
c = g.__closure__[0]
print(c.cell_contents, type(c).__name__, s.__closure__[0] is c); c.cell_contents = 'direct'; print(g())
del c.cell_contents
try: g()
except NameError as e: print(type(e).__name__, e)
try: c.cell_contents
except ValueError as e: print(e)
import types
e1, e2 = types.CellType(), types.CellType(1)
print(e1 == e2, e2 == types.CellType(1), e1 < e2, e2 < types.CellType(2), e1 == types.CellType())
def arg(a, b, *c, **d): return lambda: (a, b, c, d)
print(arg(1, b=2, x=3)(), arg.__code__.co_cellvars, arg(1, 2).__code__.co_freevars)
def rebind(x):
    f = lambda: x
    x = x + 1
    return f
print(rebind(1)())
def loop():
    while True:
        x = 5
        def f(): return x
        x = 6
        return f
print(loop()())
def deep(a):
    def m():
        def n():
            def o(): return a
            return o
        return n
    return m
print(deep('deep')()()(), deep(1).__code__.co_freevars)
def selfref():
    def f(n): return n and f(n - 1) + 1
    return f
print(selfref()(10))
def exc():
    try: raise ValueError('x')
    except ValueError as e: return lambda: e
try: exc()()
except NameError as x: print(type(x).__name__, x)
