# Defaults are evaluated once at definition, mutable, replaceable.
def f(x, acc=[]): acc.append(x); return acc
print(f(1), f(2), f(3, []), f.__defaults__)
n = 5
def g(a=n, *, b=n * 2): return a, b
n = 10
print(g(), g.__defaults__, g.__kwdefaults__)
g.__defaults__ = (1,); g.__kwdefaults__ = {'b': 99}; print(g())
g.__defaults__ = None
try: g()
except TypeError as e: print(e)
g.__kwdefaults__ = None
try: g(1)
except TypeError as e: print(e)
g.__defaults__ = (7, 8, 9)
def ev(x): print("default", x); return x
def h(a=ev(1), b=ev(2), *args, c=ev(3), d, e=ev(5)): return a, b, c, d, e
print(h(d=4), h(d=0, e=1))
fs = [lambda i=i: i for i in range(3)]
print([fn() for fn in fs], [fn(9) for fn in fs])
class C:
    k = 3
    def m(self, v=k): return v
    k = 4
print(C().m(), C.m.__defaults__)
def sentinel(x=None):
    if x is None: x = []
    x.append(1); return x
print(sentinel(), sentinel())
def order(a, b=2, /, c=3, *, d=4): return a, b, c, d
print(order(1), order(1, 5, 6, d=7), order(1, c=0), order.__defaults__, order.__kwdefaults__)
for bad in ("f.__defaults__ = [1]", "f.__kwdefaults__ = 5", "f.__kwdefaults__ = [(1, 2)]", "del f.__defaults__; print(f.__defaults__)", "f.__code__ = 5", "f.__name__ = 5", "f.__dict__ = 5", "f.__closure__ = ()"):
    try: exec(bad)
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
