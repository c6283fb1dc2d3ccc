# Type parameters on functions (PEP 695): names, bounds, scoping, laziness.
# needs: 3.14
def f[T](x: T) -> T: return x
print(f(5), f.__type_params__, f.__type_params__[0].__name__, f.__annotations__['x'] is f.__type_params__[0], type(f.__type_params__[0]).__name__)
def g[T: int, *Ts, **P](a: T, *b: *Ts, c=0): return T.__name__, Ts.__name__, P.__name__
print(g(1), g.__type_params__, [type(p).__name__ for p in g.__type_params__])
T1 = g.__type_params__[0]; print(T1.__bound__, T1.__constraints__, T1.__covariant__, T1.__infer_variance__)
def h[T: (int, str)](): return T
print(h().__constraints__, h().__bound__)
def lazy[T: undefined_here](): return T
try: lazy().__bound__
except NameError as e: print(e)
undefined_here = 'now defined'; print(lazy().__bound__)
def outer[T]():
    def inner[U](x: U) -> T: return T, U
    return inner
print(outer()(1), outer().__type_params__, 'T' in globals())
T = 'global T'
def shadow[T](): return T
print(shadow(), T); 
async def co[T](): pass
def gen[T](): yield T
print(co.__type_params__, list(gen()), (lambda: 0).__type_params__ if hasattr(lambda: 0, '__type_params__') else ())
def deco(fn): print('deco', fn.__name__); return fn
@deco
def d[T](x=T if False else 1): return x
print(d())
print(f.__qualname__, outer().__qualname__, f.__code__.co_freevars)
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("def f[T, T](): pass", "def f[](): pass", "def f[T](T): pass", "def f[*T: int](): pass", "def f[**T: int](): pass", "def f[T: (yield)](): pass", "def f[T: (x := 1)](): pass", "def f[1](): pass", "def f[T](): nonlocal T", "def f[T](): global T", "def f[T](x: (yield)): pass", "def f[*Ts, *Us](): pass", "def f[T,](): pass", "lambda[T]: 1", "def f[T: await x](): pass"): syn(s)
