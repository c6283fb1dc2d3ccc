# Digits of e, large Fibonacci numbers, factorial digits, RSA with small primes, base conversion.
def e_digits(n):
    num, den, k = 0, 1, 1
    fact = 10 ** (n + 10)
    total = term = fact
    while term: term //= k; total += term; k += 1
    return str(total)[:n]
print(e_digits(60))
a, b = 0, 1
for _ in range(500): a, b = b, a + b
print(a, len(str(a)))
f = 1
for i in range(1, 101): f *= i
print(sum(map(int, str(f))), str(f)[:20], len(str(f)) - len(str(f).rstrip('0')))
p, q, e = 1000003, 1000033, 65537
n, phi = p * q, (p - 1) * (q - 1); d = pow(e, -1, phi); m = 123456789; c = pow(m, e, n); print(c, pow(c, d, n) == m)
def tobase(n, b):
    out = ''
    while n: n, r = divmod(n, b); out = '0123456789abcdefghijklmnopqrstuvwxyz'[r] + out
    return out or '0'
print([tobase(10**12, b) for b in (2, 7, 16, 36)], all(int(tobase(3**50, b), b) == 3**50 for b in range(2, 37)))
def sqrt2(n):
    x = 2 * 10 ** (2 * n); r = 10 ** n
    while True:
        s = (r + x // r) // 2
        if abs(s - r) <= 1: return min(s, r) if min(s, r) ** 2 <= x else min(s, r) - 1
        r = s
print(sqrt2(50), 2**521 - 1 == int('1' * 521, 2), (2**127 - 1) % 127, sum(int(c) for c in str(2**1000)), len(str(9**9**3)))
x = 1
for i in range(1, 60): x = x * 6364136223846793005 + 1442695040888963407
print(x % 2**64, x.bit_length(), x % 1000003, hash(x))
