# Decimal and Fraction arithmetic, formatting, contexts, errors.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from decimal import Decimal as D, getcontext, localcontext, ROUND_HALF_UP, ROUND_DOWN, InvalidOperation, DivisionByZero, Inexact
from fractions import Fraction as F
print(D('1.10') + D('2.2'), D(1) / D(3), D('1.00'), D(5), D(0.1), D('1e10'), D('-0'), D('NaN'), D('Infinity'), repr(D('1.5')), D((0, (1, 2, 3), -2)), D('1_000.5'), D('0.1') + D('0.2') == D('0.3'), D('10') // D('3'), D('-7') % D('3'), D(2) ** 10, D(2) ** D('0.5'), -D(5), abs(D('-5')), D('1.5') > 1, D('1.0') == 1, hash(D(1)) == hash(1), int(D('3.9')), float(D('1.5')), round(D('2.675'), 2), round(D('2.5')), D('1.23456').quantize(D('0.01')), D('1.235').quantize(D('0.01'), ROUND_HALF_UP), D('100').normalize(), D('1E+2'), D(100).sqrt(), D(2).ln(), D(1).exp(), D('123.456').as_tuple(), D('1.5').as_integer_ratio(), D('1e3').adjusted(), D('12345.678').to_eng_string(), sum([D('0.1')] * 10), max(D(1), D(2)), D('3').compare(D('5')), D('1.20').is_zero(), D('abc'.replace('abc', '7')))
print(f"{D('1234567.891'):,.2f} {D('0.00001'):e} {D('1.5'):>8} {D('0.25'):%} {D('1e5'):f} {D('3.14159'):.3}", D('1') .scaleb(3), D('5').copy_sign(D('-1')), D('1.1').next_plus(), D('nan').is_nan(), D('-inf').is_infinite(), D(7).fma(2, 3), D('1.0').same_quantum(D('2.5')))
with localcontext() as c: c.prec = 5; print(D(1) / D(3), D('123456.789') + 0)
for f in (lambda: D('abc'), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D('inf') - D('inf'), lambda: D(-1).sqrt(), lambda: D(1) + 1.5, lambda: D([]), lambda: D(1) < 'a', lambda: D('nan') < 1, lambda: int(D('nan')), lambda: int(D('inf')), lambda: D(1) % 0, lambda: D('1.5').quantize(D('1e-50')), lambda: D(10) ** 10**10, lambda: format(D(1), 'z z')):
    try: print(f())
    except Exception as e: print(type(e).__name__)
print(F(1, 3), F('0.75'), F(0.5), F('1/3') + F(1, 6), F(3, -6), repr(F(2, 4)), F(1, 3) * 3, F(7, 2) // 1, F(7, 2) % 1, F(-7, 2) // 1, F(2, 3) ** 2, F(2, 3) ** -1, F(4) ** F(1, 2), float(F(1, 3)), int(F(7, 2)), round(F(5, 2)), round(F(7, 3), 2), F(1, 2) == 0.5, F(1, 2) < D('0.6') if False else '', hash(F(1, 2)) == hash(0.5), F(3.14159).limit_denominator(100), F(D('1.5')), F(22, 7).numerator, abs(F(-1, 2)), F(1, 2) + 1, F(1, 2) + 0.5, 1 - F(1, 4), divmod(F(7, 2), F(3, 2)), F(10**20, 3), sorted([F(1, 2), F(1, 3), 0.4]), F(0), bool(F(0)), F(' 1/2 '), F('1e-3'), F(5).as_integer_ratio(), F(1, 3) + 1j, str(F(4, 2)))
for f in (lambda: F(1, 0), lambda: F('a'), lambda: F('1/0'), lambda: F(1.5, 2), lambda: F(1, 2) / 0, lambda: F(float('nan')), lambda: F(1, 2) < 'a', lambda: F(1, 2) + 'a', lambda: F(0) ** -1): err(f)
