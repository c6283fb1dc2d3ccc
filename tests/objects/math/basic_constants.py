# math constants, floor, ceil, sqrt, gcd in everyday values.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import math
show(r"""
math.pi, math.e, math.floor(1.7), math.ceil(1.2), math.floor(-1.2), math.ceil(-1.7), math.sqrt(16), math.sqrt(2), math.gcd(12, 8), math.factorial(5), math.pow(2, 3), math.fabs(-2), math.trunc(-1.9), math.isnan(math.nan), math.isinf(math.inf), math.hypot(3, 4), math.exp(0), math.log(1), math.log2(8), math.log10(1000), math.sin(0), math.cos(0), math.atan2(0, 1), math.degrees(math.pi), math.copysign(3, -1), math.fmod(7, 3), math.modf(2.5), math.frexp(8), math.ldexp(0.5, 3), math.isqrt(17), math.comb(5, 2), math.perm(5, 2), math.prod([1, 2, 3]), math.lcm(4, 6), math.dist([0, 0], [3, 4]), math.cbrt(27), math.isclose(0.1 + 0.2, 0.3)
math.sqrt('4')
math.floor('a')
math.factorial(-1)
math.factorial(1.5)
math.gcd(1.5)
""")
