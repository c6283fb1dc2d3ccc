# small decorators.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def d(f): return lambda *a: ('wrapped', f(*a))
@d
def f(x): return x
print(f(1))
---
def d(n): return lambda f: lambda: f() * n
@d(2)
@d(3)
def f(): return 1
print(f())
---
@len
def f(): pass
---
@lambda f: f()
def x(): return 'called at once'
print(x)
---
@5
def f(): pass
---
@nothing
def f(): pass
---
class D:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a): self.n += 1; return self.f(*a)
@D
def f(x): return x * 2
print(f(2), f(3), f.n)
---
def memo(f):
    c = {}
    def g(n):
        if n not in c: c[n] = f(n)
        return c[n]
    return g
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50))
---
class A:
    def deco(f): return lambda self: ('deco', f(self))
    @deco
    def m(self): return 'm'
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
    @property
    def p(self): return 'p'
a = A(); print(a.m(), a.s(1), A.s(2), a.c(), A.c(), a.p)
a.p = 1
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
