# for loops: targets, else, mutation, nested break and loop variable scope.
for i in range(3): print(i, end=' ')
print(i)
for a, b in [(1, 2), [3, 4], 'xy']: print(a, b)
for a, (b, *c) in [(1, (2, 3, 4)), (5, 'x')]: print(a, b, c)
for i in []: pass
else: print("else on empty", i)
for i in [1, 2, 3]:
    if i == 2: break
else: print("never")
for i in 1, 2, 3: pass
else: print("completed", i)
l = [1, 2, 3]
for x in l:
    if x < 3: l.append(x + 2)
    if len(l) > 6: break
print(l)
d = {}
for d['k'] in 'ab': print(d)
class O: pass
o = O()
for o.attr in range(2): print(o.attr)
for l[0], l[1] in [(7, 8)]: print(l)
for i in range(3):
    for j in range(3):
        if j == i: continue
        if i == 2: break
        print(i, j)
for (x) in [5]: print(x)
for [x, y] in [(1, 2)]: print(x, y)
for x in (yield_ for yield_ in 'ab'): print(x)
for i in range(3):
    i = 10
print(i)
for x in *[1, 2], 3: print(x, end=' ')
print()
def f():
    for x in range(10):
        for y in range(10):
            if x * y == 42: return x, y
print(f())
try:
    for x in 5: pass
except TypeError as e: print(e)
try:
    for a, b in [(1, 2, 3)]: pass
except ValueError as e: print(type(e).__name__)
d = {1: 1}
try:
    for k in d: d[k + 1] = 1
except RuntimeError as e: print(e)
s = {1}
try:
    for k in s: s.add(k + 1)
except RuntimeError as e: print(e)
