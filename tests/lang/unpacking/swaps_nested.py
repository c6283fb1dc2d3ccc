# tuple assignment, swaps and nested unpacking.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
a, b = 1, 2; a, b = b, a; print(a, b)
---
(a, b), c = [1, 2], 3; print(a, b, c)
---
a, (b, (c, d)), e = 1, (2, (3, 4)), 5; print(a, b, c, d, e)
---
l = [1, 2, 3]; l[0], l[2] = l[2], l[0]; print(l)
---
i, l = 0, [5, 6]; i, l[i] = 1, 'x'; print(i, l)
---
a, *b = 'hello'; *c, d = range(3); e, *f, g = [1, 2]; print(a, b, c, d, e, f, g)
---
for i, (a, b) in enumerate([(1, 2), (3, 4)]): print(i, a, b)
---
[a, b] = {1: 'x', 2: 'y'}; print(a, b)
---
a = b = [1]; b.append(2); print(a)
---
a, b = 1
---
a, b = 1,
---
a, b, *c = [1]
---
(a, b), c = 1, 2
---
a, b = (x for x in 'pq'); print(a, b)
---
d = {}; d['x'], d['y'] = 1, 2; print(d)
---
x = 1, ; print(x); y = *[1, 2], 3; print(y)
---
def f(): return 1, 2
a, b = f(); print(a + b)
---
a, a = 1, 2; print(a)
---
class O: pass
o = O(); o.a, o.b = 'ab'; print(vars(o))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
