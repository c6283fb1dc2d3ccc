# math: classification, decomposition, rounding helpers, sums, distances.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import math
inf, nan = math.inf, math.nan
show(r"""
math.pi, math.e, math.tau, math.inf, math.nan, math.isnan(nan), math.isinf(-inf), math.isfinite(1), math.isfinite(inf), math.isnan(1), math.isinf(10**300)
math.frexp(8.5), math.frexp(0), math.frexp(-0.1), math.frexp(inf), math.frexp(5e-324), math.ldexp(0.5, 4), math.ldexp(1, -1074), math.ldexp(1, -1075), math.ldexp(1.5, 0), math.ldexp(inf, 5), math.ldexp(0, 10**20), math.ldexp(1, -10**20)
math.ldexp(1, 1024)
math.ldexp(1, 10**20)
math.ldexp(1, 1.5)
math.modf(1.5), math.modf(-1.5), math.modf(inf), math.modf(-0.0), math.modf(5)
math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(7.5, 2), math.fmod(5, inf), math.remainder(7, 2), math.remainder(5, 2), math.remainder(-7, 2), math.remainder(5, inf), math.remainder(3, 2), math.remainder(0.3, 0.1)
math.fmod(1, 0)
math.fmod(inf, 1)
math.remainder(1, 0)
math.copysign(1, -0.0), math.copysign(-5, 3), math.copysign(nan, -1), math.fabs(-5), math.fabs(-0.0), math.fabs(True), math.nextafter(1, 2), math.nextafter(0, 1), math.nextafter(1, 1), math.nextafter(inf, 0), math.ulp(1), math.ulp(0), math.ulp(1e300), math.ulp(inf), math.ulp(-1)
math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.fsum([]), math.fsum([inf, 1]), math.fsum([1e16, 1, 1]), math.fsum(range(5)), math.fsum([1e308, -1e308, 1e-308])
math.fsum([inf, -inf])
math.fsum([1e308, 1e308])
math.fsum(['a'])
math.fsum(5)
math.hypot(), math.hypot(3, 4), math.hypot(1, 2, 2), math.hypot(inf, nan), math.hypot(nan, 1), math.hypot(-5), math.hypot(1e200, 1e200), math.dist((1, 2), (4, 6)), math.dist([0], [5]), math.dist((), ()), math.dist((0, 0, 0), (1, 2, 2))
math.dist((1,), (1, 2))
math.dist(5, 6)
math.hypot('a')
math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(0, 1e-10), math.isclose(0, 1e-10, abs_tol=1e-9), math.isclose(inf, inf), math.isclose(nan, nan), math.isclose(1, 2, rel_tol=0.5), math.isclose(1e10, 1e10 + 1)
math.isclose(1, 2, rel_tol=-1)
math.isclose(1)
math.degrees(math.pi), math.radians(180), math.degrees(0), math.radians(-90)
math.isnan('a')
math.copysign(1)
math.isnan(10**400)
math.fabs(10**400)
""")
