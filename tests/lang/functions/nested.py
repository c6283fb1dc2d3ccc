# Nested function definitions, qualnames, conditional definitions and redefinition.
# needs: 3.12
def outer(n):
    if n > 0:
        def inner(): return 'pos', n
    else:
        def inner(): return 'neg', n
    return inner
print(outer(1)(), outer(-1)(), outer(1) is outer(1), outer(1).__code__ is outer(2).__code__, outer.__code__.co_consts[0] if False else '')
def a():
    def b():
        def c():
            class D:
                def e(self):
                    def f(): pass
                    return f.__qualname__
            return D().e()
        return c()
    return b()
print(a())
class K:
    def m(self):
        return lambda: 0
    f = lambda self: [lambda: 1 for _ in 'a'][0]
print(K().m().__qualname__, K.f.__qualname__, K().f().__qualname__)
def rec():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact(10)
print(rec())
def redefine(): return 1
old = redefine
def redefine(): return old() + 1
print(redefine())
def apply(f, *a): return f(*a)
print(apply(lambda x, y: x + y, 1, 2), apply(apply, len, 'abc'))
def compose(*fs):
    def composed(x):
        for f in reversed(fs): x = f(x)
        return x
    return composed
print(compose(str, lambda x: x + 1, int)('41'))
def curry(f, n): return f if n <= 1 else lambda x: curry(lambda *a: f(x, *a), n - 1)
print(curry(lambda a, b, c: (a, b, c), 3)(1)(2)(3))
def memo(f):
    cache = {}
    def g(n):
        if n not in cache: cache[n] = f(n)
        return cache[n]
    g.cache = cache
    return g
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), len(fib.cache))
for i in range(2):
    def loopf(): return i
print(loopf(), i)
