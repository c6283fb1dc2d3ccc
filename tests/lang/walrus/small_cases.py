# small assignment expressions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
if (n := 5) > 3: print(n)
---
print((x := 1) + x, x, [y := 2, y ** 2], y)
---
data = [1, 2, 3]
while (v := data.pop()) > 1: print(v)
---
print([z for w in range(4) if (z := w * 2) > 2], z)
---
def f(a): return (b := a + 1) * b
print(f(2))
---
print(any((found := s) for s in ('', 'hit', 'no')), found)
---
(a := 1, b := 2)
print(a, b)
---
d = {'k': (q := 5)}; print(d, q, f'{(m := 3)} {m}')
---
def f():
    [y := i for i in range(3)]
    return y
print(f())
---
(x := 1) if (x := 0) else print(x)
---
total = 0
print([total := total + i for i in range(5)], total)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
