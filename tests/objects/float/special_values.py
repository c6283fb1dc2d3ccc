# Arithmetic with infinities, nans, signed zeros, subnormals and large magnitudes.
inf, nan = float('inf'), float('nan')
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
inf + 1, inf - inf, inf * 0, inf / inf, inf // 1, inf % 2, 5 % inf, -5 % inf, 5 % -inf, 5 // inf, -5 // inf, 0.0 * -1, 1 / inf, -1 / inf
nan + 1, nan == nan, nan < 1, nan > 1, nan != nan, min(nan, 1), min(1, nan), max(nan, 1), max(1, nan), nan in [nan], [nan] == [nan], sorted([3, nan, 1])[0]
inf ** 0, nan ** 0, 1 ** nan, 1 ** inf, (-1) ** inf, 0 ** inf, inf ** -1, (-inf) ** 3, (-inf) ** 2, (-inf) ** -1, 0.0 ** 0, 2 ** -inf, 0.5 ** inf, (-0.0) ** 3
-0.0 == 0.0, str(-0.0), -0.0 + 0.0, 0.0 - 0.0, -0.0 - 0.0, -0.0 + -0.0, abs(-0.0), -(0.0), 0.0 * -5, -0.0 // 1, -0.0 % 5, 0.0 % -5, round(-0.3), int(-0.0)
7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), divmod(-7.5, 2), divmod(7.5, -2), divmod(0.3, 0.1), 1 % 0.1, 1 // 0.1, 1e20 % 3, 1e300 // 1e-10
1e308 + 1e308, 1e308 * 10, -1e308 * 10, 1e-320 / 10, 5e-324 / 2, 5e-324 * 0.6, 2.2250738585072014e-308 / 2, 1e200 * 1e200
(-8.0) ** (1/3), (-1.0) ** 0.5, 4.0 ** 0.5, 2.0 ** 0.5, (-2.0) ** 3, (-2.0) ** -3, 2.0 ** 1023, 10.0 ** -400
10.0 ** 400
2.0 ** 1024
(-2.0) ** 1025
0.0 ** -1 if False else 'x'
9007199254740992.0 + 1, 9007199254740992.0 + 2, 0.1 + 0.2, 0.1 * 3, 1.1 + 2.2, 1e16 + 1, 1 - 0.9, 3 * 1.1
sum([0.1] * 3) == 0.3, 0.1 + 0.1 + 0.1 == 0.3, 1e100 + 1 - 1e100
1.5e77, 1.5e78 * 2, 1e-77 / 3, 1e-78, 1.1579e77 * 2, 8.6e-78 / 2, -1e77 * 100, 1e77 / 1e70, 3e-80 * 1e80
float(2**63), float(2**64), 2**63 == float(2**63), 2**63 - 1 == float(2**63), int(1e19), int(-1e19), int(9.007199254740993e15)
1 < inf, -inf < -10**400, 10**400 < inf, 10**308 < 1e308, 2**53 < 2.0**53 + 2, 2**53 + 1 == 2.0**53, 1 == 1.0 + 1e-17
inf == inf, inf == -inf, inf is inf, hash(inf), hash(-inf), str(inf), repr(-inf), int(1e15), -inf < inf
""")
import math
print(math.copysign(1, -0.0), math.copysign(1, 0.0 * -1), math.copysign(1, -0.0 + 0), math.copysign(1, float('-0')), math.copysign(1, round(-0.4, 0)))
