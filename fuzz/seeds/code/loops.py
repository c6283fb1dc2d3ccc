total = 0
for i in range(10):
    if i == 3: continue
    if i == 8: break
    total += i * 2
else:
    total = -1
while total > 0:
    total -= 7
for a, (b, *c) in [(1, (2, 3, 4)), (5, 'xy')]:
    print(a, b, c)
def g(n):
    s = 0.5
    for i in range(n):
        s = s * 1.5 - i if i % 2 else s + i // 3
    return s
g(20), [x for x in 'abc' if x != 'b'], {k: v for k, v in zip('ab', range(2))}, {x % 3 for x in range(9)}, list(x for x in (1, 2))
