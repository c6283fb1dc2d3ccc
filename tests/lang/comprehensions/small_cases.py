# small comprehensions of each kind.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print([x for x in 'abc'], {x for x in (1, 1)}, {x: x for x in 'ab'}, list(x for x in 'xy'))
---
print([x * y for x in (1, 2) for y in (3, 4)], [(x, y) for x in range(3) for y in range(x)])
---
print([x for x in range(10) if x % 2 if x > 4], [x if x else 'zero' for x in (0, 1)])
---
x = 'outer'; print([x for x in (1, 2)], x)
---
print([[j for j in range(i)] for i in range(3)], [a for (a, b) in [(1, 2)]], [*(i for i in 'ab')])
---
[x for x in 5]
---
[1 / x for x in (1, 0)]
---
[undefined_q for x in (1,)]
---
def f(n): return [n + i for i in range(n)]
print(f(3))
---
class A:
    v = [1, 2]
    w = [i * 2 for i in v]
print(A.w)
---
fs = [lambda: i for i in range(2)]; print([f() for f in fs])
---
print({k: v for k, v in zip('ab', [1, 2])}, {v: k for k, v in {'x': 1}.items()}, {i % 2: i for i in range(5)})
---
g = (x for x in [1, 2]); print(next(g), list(g), list(g))
---
print([y for x in ['ab', 'cd'] for y in x], [len(w) for w in 'a bb ccc'.split()], sum([x for x in range(5)]))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
