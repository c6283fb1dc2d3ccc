# loops over enumerate, zip, items, reversed, nested tuples.
# needs: 3.14
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
for i, c in enumerate('ab'): print(i, c)
for a, b in zip([1, 2], 'xy'): print(a, b)
for k, v in {'a': 1, 'b': 2}.items(): print(k, v)
for x in reversed([1, 2]): print(x)
for i, (a, b) in enumerate(zip('ab', 'cd'), 1): print(i, a, b)
for a, *b in [(1, 2, 3), (4,)]: print(a, b)
---
for a, b in [(1, 2, 3)]: pass
---
for x in 5: pass
---
for x in None: pass
---
for a in {3: 'x'}: print(a)
for a in {'only'}: print(a)
for a in (): print('no')
for a in 'é😀': print(a)
for a in b'ab': print(a)
for a in range(3, 0, -1): print(a, end=' ')
print()
---
l = [1, 2, 3]
for i in range(len(l)): l[i] *= 2
print(l)
for x in l[:]: l.remove(x)
print(l)
---
d = {'a': 1}
for k in list(d): d[k + 'x'] = 2
print(d)
for k in d: d['new'] = 1
---
s = {1, 2}
for x in s: s.discard(x)
---
t = 0
for i in range(1000):
    if i % 3 == 0 or i % 5 == 0: t += i
print(t)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
