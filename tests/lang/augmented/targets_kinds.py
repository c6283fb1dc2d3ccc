# augmented assignment to attributes, items, slices and in functions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class O: x = 1
o = O(); o.x += 5; print(o.x, O.x, vars(o))
---
d = {'a': [1]}; d['a'] += [2]; d['a'] *= 2; print(d)
---
d = {}; d['k'] += 1
---
l = [1, 2, 3]; l[1] += 10; l[-1] -= 1; l[0:2] *= 2; print(l)
---
t = (1, 2); t[0] += 1
---
t = ([],)
try: t[0] += ['x']
except TypeError as e: print(e)
print(t)
---
s = 'ab'; t = s; s += 'c'; print(s, t)
---
l = [1]; m = l; l += [2]; print(m); l = l + [3]; print(m, l)
---
def f(l): l += [1]; return l
a = []; print(f(a), a)
---
x = 5
def f():
    global x
    x += 1
f(); print(x)
---
def i(): print('i'); return 0
l = [5]; l[i()] += 1; print(l)
---
None.x += 1
---
f = lambda: 0
f.count = 1; f.count += 1; print(f.count)
---
a = 5; a += a; a -= a * 2; a *= -1; a //= 3; a **= 2; a %= 5; a <<= 2; a |= 1; a ^= 3; a &= 14; a >>= 1; print(a)
---
x = 2; x @= 3
---
x = 1; x += '1'
---
x = {1}; x |= {2}; x -= {1}; x ^= {3}; x &= {3}; print(x)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
