# small generic functions, classes and aliases.
# needs: 3.12
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f[T](x: T) -> T: return x
print(f(1), f.__type_params__)
---
class A[T]:
    def m(self, x: T) -> T: return x
print(A[int], A().m(5), A.__type_params__)
---
type X = int | str
print(X, X.__value__)
---
type L[T] = list[T]
print(L[int], L.__type_params__, L.__value__)
---
def f[T: int, *Ts, **P](): return T, Ts, P
print(f())
---
class A[T](list[T]): pass
print(A([1]), A[str], A.__bases__)
---
def f[T](): return lambda: T
print(f()())
---
type Y = undefined
print(Y.__name__)
Y.__value__
---
class A[T]:
    x = T.__name__
print(A.x)
T
---
def f[T: (int, str)](): return T.__constraints__
print(f())
---
type = 5; print(type)
---
def g[T](a: T = 1, *b: T, c: T = 2, **d: T): return a, b, c, d
print(g(), list(g.__annotations__))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
