# math: gcd, lcm, factorial, comb, perm, isqrt, prod, floor/ceil/trunc.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import math
show(r"""
math.gcd(), math.gcd(12, 18), math.gcd(-12, 18), math.gcd(0, 5), math.gcd(0, 0), math.gcd(12, 18, 27), math.gcd(10**30, 15**20), math.gcd(True, 2), math.lcm(), math.lcm(4, 6), math.lcm(0, 5), math.lcm(-4, 6), math.lcm(2, 3, 4)
math.gcd(1.5, 2)
math.lcm('a')
math.factorial(0), math.factorial(10), math.factorial(30), math.factorial(True)
math.factorial(-1)
math.factorial(1.0)
math.factorial(2.5)
math.factorial('a')
math.factorial(10**20)
math.comb(5, 2), math.comb(5, 0), math.comb(5, 6), math.comb(100, 50), math.comb(0, 0), math.perm(5, 2), math.perm(5), math.perm(5, 6), math.perm(5, None), math.perm(10, 10), math.comb(10**20, 2)
math.comb(-1, 2)
math.comb(5, -1)
math.perm(5, -2)
math.comb(5.0, 2)
math.isqrt(0), math.isqrt(15), math.isqrt(16), math.isqrt(10**40), math.isqrt(10**40 - 1), math.isqrt(True), math.isqrt(2**62 - 1)
math.isqrt(-1)
math.isqrt(2.0)
math.prod([]), math.prod([1, 2, 3]), math.prod([1.5, 2]), math.prod([2, 3], start=10), math.prod(range(1, 21)), math.prod(['a', 2][1:]), math.prod([True, 2])
math.prod(5)
math.prod(['a', 'b'])
math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(2.9), math.trunc(-2.9), math.floor(5), math.ceil(10**20), math.floor(1e20), math.trunc(True)
math.floor('a')
math.floor(float('nan'))
math.ceil(float('inf'))
math.trunc('a')
sorted(n for n in dir(math) if not n.startswith('_'))[:20]
""")
