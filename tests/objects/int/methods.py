# int methods and attributes.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(n, n.bit_length(), n.bit_count()) for n in (0, 1, -1, 2, 255, 256, -256, 2**62, 2**63, -2**63, 2**100 - 1)]
(5).real, (5).imag, (5).numerator, (5).denominator, (5).conjugate(), True.real, (10**20).real
(3).as_integer_ratio(), (-3).as_integer_ratio(), (0).as_integer_ratio(), True.as_integer_ratio()
(5).__index__(), (5).__int__(), (5).__float__(), (-5).__abs__(), (5).__bool__(), (0).__bool__()
(5).__trunc__(), (5).__floor__(), (5).__ceil__(), (5).__round__(), (15).__round__(-1), (25).__round__(-1)
(7).__divmod__(2), (7).__rdivmod__(2), (7).__floordiv__(2), (2).__pow__(3), (2).__pow__(3, 5), (2).__rpow__(3)
(7).__add__(1.5), (7).__add__('a'), (7).__radd__(1), (7).__and__(3), (1).__lshift__(3), (8).__rshift__(1)
(5).__format__('05d'), (5).__repr__(), (5).__str__(), (5).__hash__(), (-1).__hash__(), (2**61 - 1).__hash__(), (2**61).__hash__()
(5).__getnewargs__(), (5).__sizeof__() > 0, (5).__eq__(5.0), (5).__lt__(6), (5).__ne__(5), (5).__class__
(5).is_integer()
int.__name__, int.__module__, int.__mro__, int.__base__, bool.__mro__
(5).foo
(5).real.real.imag
(5).bit_length(1)
int.bit_length('a')
(5).x
hash(10**20), hash(-10**20), hash(2**61 - 2), hash(2**122), hash(-(2**61 - 1)), hash(-2)
[hash(n) for n in (0, 1, -1, -2, 2**31, 2**32, 2**62, -2**62, 2**64)]
round(12345, -2), round(-12350, -2), round(15, -1), round(5, -1), round(5, 2), round(10**30 + 5 * 10**28, -29), round(5, -100), round(5, None)
""")
def attr():
    n = 5
    n.x = 1
try: attr()
except AttributeError as e: print(e)
