# keyword-only and positional-only parameters.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(*, a, b=2): return a, b
print(f(a=1), f(b=3, a=4))
f()
---
def f(*, a): pass
f(1)
---
def f(a, /): return a
print(f(5))
f(a=5)
---
def f(a, /, b, *, c): return a, b, c
print(f(1, 2, c=3), f(1, b=2, c=3))
f(1, 2, 3)
---
def f(a, /, **k): return a, k
print(f(1, a=2))
---
def f(a, b=1, /, c=2, *d, e=3, **g): return a, b, c, d, e, g
print(f(0), f(0, 9), f(0, 9, 8, 7, e=6, z=5), f(0, c=1), f(0, b=5, a=6))
---
def f(*args, sep=' '): return sep.join(args)
print(f('a', 'b'), f('a', 'b', sep='-'), f())
---
def f(a, *, b): return a, b
f(1, b=2, c=3)
---
def f(a=1, /): return a
print(f(), f(2), f.__code__.co_posonlyargcount)
f(a=1)
---
lambda_ = lambda a, /, b=2, *c, d, **e: (a, b, c, d, e)
print(lambda_(1, d=4), lambda_(1, 2, 3, d=4, x=5))
lambda_(1)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
