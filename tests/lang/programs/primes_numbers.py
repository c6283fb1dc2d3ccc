# Number theory: sieve, factorisation, perfect numbers, Miller-Rabin, CRT.
def sieve(n):
    s = bytearray([1]) * (n + 1); s[0:2] = b'\0\0'
    for i in range(2, int(n ** .5) + 1):
        if s[i]: s[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, p in enumerate(s) if p]
ps = sieve(1000); print(len(ps), ps[:10], ps[-1], sum(ps))
def factor(n):
    f, d = [], 2
    while d * d <= n:
        while n % d == 0: f.append(d); n //= d
        d += 1
    return f + [n] * (n > 1)
print([factor(n) for n in (1, 2, 12, 97, 360, 1001, 2**20, 600851475143)], [n for n in range(2, 500) if sum(d for d in range(1, n) if n % d == 0) == n])
def mr(n):
    if n < 2: return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0: return n == p
    d, r = n - 1, 0
    while d % 2 == 0: d //= 2; r += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1): continue
        for _ in range(r - 1):
            x = x * x % n
            if x == n - 1: break
        else: return False
    return True
print([n for n in range(100) if mr(n)] == [p for p in ps if p < 100], mr(2**61 - 1), mr(2**67 - 1), mr(10**18 + 9), mr(561), mr(2**127 - 1))
def egcd(a, b): return (a, 1, 0) if b == 0 else (lambda g, x, y: (g, y, x - a // b * y))(*egcd(b, a % b))
print(egcd(240, 46), pow(3, -1, 11), [pow(2, n, 7) for n in range(8)])
def crt(rs, ms):
    x, m = 0, 1
    for r, k in zip(rs, ms): x += m * ((r - x) * pow(m, -1, k) % k); m *= k
    return x % m
print(crt([2, 3, 2], [3, 5, 7]), [sum(map(int, str(2**n))) for n in (10, 100, 1000)])
def phi(n): return n if n == 1 else __import__('functools').reduce(lambda a, p: a // p * (p - 1), set(factor(n)), n)
print([phi(n) for n in range(1, 20)], sum(x for x in range(1000) if x % 3 == 0 or x % 5 == 0))
