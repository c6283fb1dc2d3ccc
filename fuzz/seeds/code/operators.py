a, b, c = 7, 3, 2.5
a + b, a - b, a * b, a / b, a // b, a % b, a ** b, a << b, a >> b, a & b, a | b, a ^ b, -a, +a, ~a, not a
a < b < c, a == b, a != c, a <= b, a >= c, a in [1, 7], b not in (1, 2), a is b
big = 1 << 100
big + 1, big - big, big * big, big // 7, big % 7, big >> 90, -big, big == big, big < a, c * big
l = [1, 2, 3]
l[0], l[-1], l[1:], l[:2], l[::2]
l[0] = 5
l[1:2] = [7, 8]
del l[0], l[:1]
l += [1]
l *= 2
d = {1: 2, **{3: 4}}
d[5] = 6
d |= {7: 8}
del d[1]
x = y = [*l, *d, *'ab']
p, *q = x
(p, q), [r, s] = (1, 2), 'xy'
z = (w := 5) + w
u = 1 if z else 2
t = l if l else d or x and y
{*l, 1}, (*l, 2), slice(1, 2), ..., None, True, 1j * 2
print(a if a > b else b, lambda: 0)
