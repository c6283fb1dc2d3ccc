# gcd and modular powers of big ints.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import math
show(r"""
math.gcd(2**100, 6**50), math.gcd(10**30 + 1, 10**20 + 1), math.lcm(2**40, 3**20), pow(7, 10**18, 10**9 + 7), pow(2, 10**30, 97), pow(3, -1, 10**18 + 9), pow(10**20, 10**5, 999983), pow(-5, 3, 13), pow(5, 3, -13), math.isqrt(10**50), math.isqrt(2**128 - 1)
""")
