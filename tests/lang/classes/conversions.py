# __int__, __float__, __index__, __complex__, __round__, __trunc__, __bool__ conversions.
# needs: 3.14
import math
class A:
    def __int__(self): return 5
    def __float__(self): return 2.5
    def __complex__(self): return 1j
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 'trunc'
    def __floor__(self): return 'floor'
    def __ceil__(self): return 'ceil'
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return 'dm', o
    def __pow__(self, o, m=None): return 'pow', o, m
    def __index__(self): return 3
a = A(); print(int(a), float(a), complex(a), round(a), round(a, 2), math.trunc(a), math.floor(a), math.ceil(a), abs(a), divmod(a, 7), pow(a, 2), pow(a, 2, 3), bin(a), hex(a), [0, 1, 2, 3][a], 'x' * a, range(a), chr(a), bytes(a), '%d %x' % (a, a), list(range(10))[a:], [1] * a, (1).__lshift__(3), 1 << a.__index__())
class I:
    def __index__(self): return 65
i = I(); print(int(i), float(i), complex(i), chr(i), math.factorial(5), oct(i), '%c' % i, math.sqrt(i), divmod(130, i.__index__()))
class Ret:
    def __init__(self, v): self.v = v
    def __int__(self): return self.v
    __float__ = __index__ = __complex__ = __bool__ = __int__
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for v in ('x', 1.5, None, True):
    r = Ret(v)
    for f in (int, float, complex, bool, hex, lambda r: [1, 2][r]): t(lambda: f(r))
class N: pass
for f in (int, float, complex, bool, hex, round, abs, math.floor, math.trunc, lambda n: divmod(n, 1), lambda n: pow(n, 1), chr, range, bytes, lambda n: 'a' * n): t(lambda: f(N()) if f is not bool else 'true')
class Fl(float):
    def __int__(self): return 99
    def __round__(self): return 'rounded'
print(int(Fl(1.5)), round(Fl(1.5)), math.floor(Fl(1.5)), Fl(2.5) + 1)
