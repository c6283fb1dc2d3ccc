# functools.lru_cache and cache: hits, eviction, typed, info, errors, recursion.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import functools as ft
calls = []
@ft.lru_cache(maxsize=2)
def f(x, y=0): calls.append((x, y)); return x, y
f(1); f(2); f(1); f(3); f(2); print(calls, f.cache_info()); f.cache_clear(); print(f.cache_info(), f.cache_parameters(), f.__wrapped__(9), f.__name__)
f(1, 0); f(1); f(x=1); f(1, y=0); print(f.cache_info())
@ft.lru_cache(typed=True)
def g(x): return type(x).__name__
print(g(1), g(1.0), g(True), g(1), g.cache_info())
@ft.lru_cache
def h(x): return type(x).__name__
print(h(1), h(1.0), h(True), h('1'), h.cache_info())
@ft.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(90), fib.cache_info())
@ft.lru_cache(maxsize=0)
def z(x): return x
z(1); z(1); print(z.cache_info()); err(f, []); err(f, 1, {}); err(ft.lru_cache, 'a'); err(f)
@ft.lru_cache(maxsize=3)
def boom(x): raise ValueError(x)
for _ in range(2): err(boom, 1)
print(boom.cache_info())
class C:
    @ft.lru_cache
    def m(self, x): return x * 2
    @staticmethod
    @ft.cache
    def s(x): return x
c = C(); print(c.m(2), c.m(2), C.m.cache_info(), c.s(1), C.s(1), C.s.cache_info().hits)
@ft.lru_cache(maxsize=-5)
def neg(x): return x
neg(1); print(neg.cache_info())
@ft.lru_cache(None)
def unb(*a, **k): return a, k
unb(1, 2, a=1, b=2); unb(1, 2, b=2, a=1); unb(1, 2, a=1, b=2); unb((1, 2)); print(unb.cache_info())
