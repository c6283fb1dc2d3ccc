# small numeric programs.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print([n for n in range(2, 40) if all(n % d for d in range(2, n))])
---
a, b = 0, 1
while a < 100: print(a, end=' '); a, b = b, a + b
print()
---
print(sum(n for n in range(100) if n % 3 == 0 or n % 5 == 0), [x ** 2 for x in range(6)], sum(1 / n for n in range(1, 11)))
---
def gcd(a, b):
    while b: a, b = b, a % b
    return a
print(gcd(84, 36), [gcd(12, n) for n in range(13)])
---
def digits(n): return [] if n == 0 else digits(n // 10) + [n % 10]
print(digits(12345), sum(digits(2 ** 50)), [n for n in range(1, 1000) if sum(d ** 3 for d in digits(n)) == n])
---
x = 2.0
for _ in range(6): x = (x + 2 / x) / 2
print(x, abs(x * x - 2) < 1e-12)
---
def tri(n): return [[1] if i == 0 else [a + b for a, b in zip([0] + r, r + [0])] for i in range(n) for r in [tri(i)[-1] if i else []]]
print(tri(5))
---
def pw(b, e, m):
    r = 1
    while e:
        if e & 1: r = r * b % m
        b, e = b * b % m, e >> 1
    return r
print(pw(3, 200, 13), pw(2, 10, 10 ** 9) == 2 ** 10)
---
pi = 0
for k in range(1000): pi += (-1) ** k / (2 * k + 1)
print(round(4 * pi, 3))
---
print([(a, b, c) for a in range(1, 20) for b in range(a, 20) for c in range(b, 30) if a * a + b * b == c * c])
---
seed, hits = 42, 0
for _ in range(1000):
    seed = (seed * 1103515245 + 12345) % 2 ** 31; x = seed / 2 ** 31
    seed = (seed * 1103515245 + 12345) % 2 ** 31; y = seed / 2 ** 31
    hits += x * x + y * y < 1
print(hits)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
