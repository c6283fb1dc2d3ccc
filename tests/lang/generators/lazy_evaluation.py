# when generator code runs.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def g(): print('start'); yield 1; print('middle'); yield 2; print('end')
i = g(); print('created'); print(next(i)); print('between'); print(next(i)); print(next(i, 'finished'))
---
def f(x): print('f', x); return x
i = (f(x) for x in [1, 2]); print('lazy'); print(next(i)); print(list(i))
---
m = map(lambda x: print('mapped', x) or x, [1, 2]); print('not yet'); print(next(m))
---
def numbers():
    n = 0
    while True: yield n; n += 1
from_five = (n for n in numbers() if n > 5)
print(next(from_five), next(from_five), [x for x, _ in zip(from_five, range(3))])
---
def g(l):
    for x in l: yield x
l = [1, 2]; i = g(l); l.append(3); print(list(i))
---
def take(n, it): return [x for _, x in zip(range(n), it)]
def fib():
    a, b = 0, 1
    while 1: yield a; a, b = b, a + b
print(take(10, fib()), take(3, (x * x for x in fib() if x % 2)))
---
print(any(print(x) or x for x in (0, 1, 2)))
---
def g(): return 5; yield
print(list(g()), next(g(), 'none'))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
