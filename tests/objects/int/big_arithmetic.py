# Big integer arithmetic through many limb counts, checked by identities and digests.
def digest(n): return (n % 1000000007, n % 998244353, n.bit_length())
x = 1
for i in range(1, 200): x *= i
print(digest(x), str(x)[:20], len(str(x)))
a, b = 0, 1
for _ in range(1000): a, b = b, a + b
print(a)
print(digest(3**1000), digest(7**2000 * 11**1500), digest(3**3000 - 2**4755))
vals = [0, 1, -1, 2**62 - 1, 2**62, -2**62, -2**62 - 1, 2**63, 2**64 - 1, 2**64, -2**64, 2**64 + 1, 2**127, 2**128 - 1, 3**100, -5**150, 10**60, 2**1000 + 1, 3**700]
acc = 0
for p in vals:
    for q in vals:
        s, d, m = p + q, p - q, p * q
        assert s - q == p and d + q == p and s == q + p and m == q * p
        if q:
            dq, dr = divmod(p, q)
            assert dq * q + dr == p and (0 <= dr < q or q < dr <= 0)
            assert m // q == p
        assert (p ^ q) ^ q == p and (p & q) + (p | q) == p + q and ~(p & q) == ~p | ~q
        acc = (acc * 31 + s + d * 3 + m * 7) % (2**89 - 1)
print(acc)
for sh in (0, 1, 31, 32, 33, 61, 62, 63, 64, 65, 127, 128, 300):
    for p in vals: assert (p << sh) >> sh == p and p << sh == p * 2**sh and p >> sh == p // 2**sh
print("shifts hold")
def isqrt(n):
    r = 1 << ((n.bit_length() + 1) // 2)
    while True:
        t = (r + n // r) // 2
        if t >= r: return r
        r = t
print(isqrt(2 * 10**120))
def pi(digits):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < digits:
        if 4 * q + r - t < n * t:
            out.append(str(n)); q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return ''.join(out)
print(pi(120))
big = (10**600 + 7) * (10**500 - 3)
print(digest(big), big // (10**500 - 3) == 10**600 + 7, digest(big**3), hash(big), hash(-big))
