# math: exp, log, powers, trigonometry at exact and error points (rounded to 12 digits otherwise).
# needs: 3.14
import math
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

r = lambda f, *a: print(f.__name__, a, '%.12g' % f(*a))
for f, a in ((math.exp, (1,)), (math.exp, (-745.2,)), (math.exp, (0,)), (math.expm1, (1e-10,)), (math.log, (10,)), (math.log, (8, 2)), (math.log, (10**400,)), (math.log, (0.5,)), (math.log2, (8,)), (math.log2, (2**1000,)), (math.log2, (10**400,)), (math.log10, (1000,)), (math.log10, (10**400,)), (math.log1p, (1e-10,)), (math.sqrt, (2,)), (math.sqrt, (10**300,)), (math.pow, (2, 0.5)), (math.pow, (2, -1)), (math.pow, (-8, 3)), (math.pow, (0, 0)), (math.sin, (1,)), (math.cos, (1,)), (math.tan, (1,)), (math.asin, (0.5,)), (math.acos, (0.5,)), (math.atan, (1,)), (math.atan2, (1, -1)), (math.atan2, (-0.0, -1)), (math.atan2, (0, 0)), (math.sinh, (1,)), (math.cosh, (1,)), (math.tanh, (0.5,)), (math.asinh, (1,)), (math.acosh, (2,)), (math.atanh, (0.5,)), (math.erf, (0.5,)), (math.erfc, (0.5,)), (math.gamma, (5.5,)), (math.gamma, (5,)), (math.gamma, (-0.5,)), (math.lgamma, (100,)), (math.lgamma, (0.5,)), (math.cbrt, (27,)), (math.cbrt, (-8,)), (math.exp2, (10,)), (math.exp2, (0.5,)), (math.sin, (10**22,)), (math.cos, (1e5,)), (math.exp, (-math.inf,)), (math.log, (math.inf,)), (math.atan, (math.inf,)), (math.tanh, (math.inf,)), (math.sqrt, (0.0,)), (math.sqrt, (-0.0,)), (math.pow, (math.inf, -1)), (math.pow, (1, math.nan)), (math.pow, (-math.inf, 3)), (math.erf, (math.inf,)), (math.gamma, (171,)), (math.lgamma, (-1.5,))): r(f, *a)
for f, *a in ((math.exp, 1000), (math.pow, 10, 400), (math.pow, 0, -1), (math.pow, -1, 0.5), (math.sin, math.inf), (math.cosh, 1000), (math.sinh, 1000), (math.gamma, 172), (math.lgamma, math.inf), (math.exp, 'a'), (math.sqrt, 'a'), (math.sqrt, None), (math.exp, 10**400), (math.pow, 'a', 1), (math.expm1, 1000), (math.exp2, 1024), (math.sin,), (math.sin, 1, 2), (math.atan2, 1), (math.log, 'a'), (math.log,), (math.log, 1, 2, 3)):
    err(f, *a)
