# names inside comprehensions, generator expressions and lambdas.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
x = 'g'; print([x for x in 'ab'], x, {x: 1 for x in 'c'}, x, list(x for x in 'd'), x)
---
def f():
    y = [1, 2]
    return [y for y in y], [y for _ in 'a']
print(f())
---
def f(n): return [[n * i for i in range(n)] for n in range(n)]
print(f(3))
---
class A:
    k = 2
    l = [i for i in range(k)]
    m = [(lambda: 5)() for _ in 'a']
print(A.l, A.m)
---
class A:
    k = 2
    l = [k for i in range(2)]
---
def f():
    fs = [lambda: i for i in range(3)]
    i = 'outer'
    return [g() for g in fs], i
print(f())
---
print([i for i in range(3) if [j for j in range(i)]], [(i, j) for i in 'ab' for j in i + 'z'])
---
def f(): return [a for a in b if a]
b = [0, 1]; print(f())
---
[q for q in [1]]
q
---
print([(y := x) for x in (1, 2)], y)
---
def f():
    [z := 5 for _ in 'a']
    return z
print(f())
---
print({k: [v for v in k] for k in ('ab', 'c')}, [*map(lambda v: [v for _ in 'xy'], 'k')])
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
