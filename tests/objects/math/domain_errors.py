# Messages of math domain errors.
# needs: 3.14
import math
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

for f, *a in ((math.sqrt, -1), (math.log, 0), (math.log, -1), (math.log, 0.0), (math.log, 10, 1), (math.log, 10, 0), (math.log2, 0), (math.log2, -8), (math.log10, -5), (math.log10, 0), (math.log1p, -1), (math.log1p, -2), (math.acos, 2), (math.asin, -2), (math.acosh, 0.5), (math.atanh, 1), (math.atanh, -1), (math.atanh, 2), (math.gamma, 0), (math.gamma, -1), (math.gamma, -math.inf), (math.lgamma, 0), (math.lgamma, -1), (math.sqrt, -math.inf), (math.fmod, 1, 0), (math.remainder, math.inf, 1), (math.cos, -math.inf), (math.tan, math.inf), (math.pow, -8, 1 / 3), (math.log, -10**400), (math.log2, -10**400)): err(f, *a)
class F:
    def __float__(self): return 4.0
class I:
    def __index__(self): return 9
class C:
    def __ceil__(self): return 'c'
    def __floor__(self): return 'f'
    def __trunc__(self): return 't'
print(math.sqrt(F()), math.sqrt(I()), math.ceil(C()), math.floor(C()), math.trunc(C()), math.floor(F()), math.ceil(I()), math.gcd(I(), 6), math.factorial(I()), math.isqrt(I()), math.log(I()) == math.log(9))
class Bad:
    def __float__(self): return 'x'
err(math.sqrt, Bad()); err(math.floor, Bad()); err(math.gcd, F(), 2); err(math.isqrt, F())
