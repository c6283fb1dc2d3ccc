# small lambdas.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
f = lambda: 1; g = lambda x: x; h = lambda x, y=2, *a, **k: (x, y, a, k)
print(f(), g(5), h(1), h(1, 3, 4, z=5))
---
print((lambda x: lambda y: x + y)(1)(2), [f(2) for f in (lambda x: x, lambda x: x * x)])
---
fs = [lambda: i for i in range(3)]; print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
---
(lambda x: x)()
---
(lambda: 0)(1)
---
print((lambda *, k: k)(k=1), (lambda a, /: a)(1), (lambda: (yield))().__class__.__name__)
---
print(sorted([3, 1, 2], key=lambda x: -x), max('ab', 'c', key=lambda s: len(s)), (lambda: [i for i in range(2)])())
---
f = lambda n: 1 if n < 2 else n * f(n - 1)
print(f(5), f.__name__, (lambda: 0).__qualname__)
---
x = 'global'
def outer():
    x = 'local'
    return lambda: x
print(outer()())
---
print((lambda x: (x, x := 5, x))(1), (lambda a=[]: a.append(1) or a)())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
