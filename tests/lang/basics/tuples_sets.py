# Tuples and sets.
t = (1, "a", 2.5)
a, b, c = t
print(t, a, b, c, len(t), t[1], t[-1], t[:2], (1,), ())
print((1, 2) + (3,), (1, 2) * 2, 1 in t, (1, 2) < (1, 3), (1, 2) == (1, 2))
s = {3, 1, 2, 1}
s.add(4); s.discard(1); s.discard(99)
print(sorted(s), len(s), 2 in s, sorted(s | {9}), sorted(s & {2, 3}), sorted(s - {2}), sorted(s ^ {2, 9}))
print(set(), set([1, 1, 2]), {1, 2} == {2, 1}, {1} < {1, 2}, sorted({"b", "a"}))
x, y = 1, 2
x, y = y, x
print(x, y)
d = {(0, 0): "origin"}
print(d[0, 0])
