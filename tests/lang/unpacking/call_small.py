# small * and ** in calls and displays.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(*a, **k): return a, k
print(f(*[1, 2], *(3,), **{'x': 1}, **{'y': 2}), f(*'ab', 'c', *[]), f(**{}))
---
print([*[1], *'ab', 2], (*[1], 2), {*[1], 1}, {**{'a': 1}, 'a': 2, **{'b': 3}})
---
print(*[1, 2], *'ab', sep='-')
---
def f(a, b, c=3): return a, b, c
print(f(*[1, 2]), f(1, *[2], **{'c': 9}), f(**dict(a=1, b=2)))
---
def f(**k): return k
f(**{'a': 1}, **{'a': 2})
---
f = lambda *a: a
print(f(*range(3), *{}, *iter([9])))
---
print([*5])
---
print({**[]})
---
a = [1, 2]; print([*a, *a], [*a] is a, (*a,) == (1, 2), *a)
---
def g(): yield 1; raise ValueError('in gen')
print(*g())
---
print(max(*[3, 1], 2), dict(**{'k': 1}), '{} {}'.format(*'ab'), '{x}'.format(**{'x': 5}), list(zip(*[[1, 2], [3, 4]])))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
