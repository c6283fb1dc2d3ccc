# Lists: building, indexing, slicing, changing.
a = [1, 2, 3]
a.append(4)
a[0] = 10
print(a, len(a), a[1], a[-1], a[1:3])
b = a
b.append(5)
print(a is b, a)
c = a[:]
c.pop()
print(a, c)
del a[0]
print(a, 3 in a, 99 in a, a + [0], a * 2)
a.sort(reverse=True)
print(a, sum(a), min(a), max(a), sorted(a))
m = [[0] * 3 for _ in range(2)]
m[1][2] = 7
print(m)
for i, v in enumerate(a): print(i, v)
print([x * 2 for x in a if x > 2], a.index(3), a.count(5))
