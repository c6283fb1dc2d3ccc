# float methods: hex, fromhex, as_integer_ratio, is_integer, rounding, attributes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[x.hex() for x in (0.0, -0.0, 1.0, 1.5, -3.75, 0.1, 1e300, 5e-324, 2.2250738585072014e-308, float('inf'), float('-inf'), float('nan'))]
[float.fromhex(s) for s in ('0x1p0', '1.8', '0x1.8p1', '-0x.8p-1', ' 0x1P+5 ', 'inf', '-Infinity', 'nan', '0x0p0', '-0x0p0', 'a.b', '0x1.fffffffffffff8p0', '0x1p-1074', '0x1p-1075', '0x1.8p-1075')]
float.fromhex('')
float.fromhex('0x')
float.fromhex('xyz')
float.fromhex('0x1p1024')
float.fromhex('0x1.fffffffffffffffp1023')
float.fromhex(5)
[x.as_integer_ratio() for x in (0.0, -0.5, 1.0, 0.1, 1e20, 5e-324, 3.75)]
float('inf').as_integer_ratio()
float('nan').as_integer_ratio()
[x.is_integer() for x in (0.0, 1.0, 1.5, -2.0, 1e300, 0.1, float('inf'), float('nan'), 5e-324)]
(1.5).real, (1.5).imag, (1.5).conjugate(), (2.7).__trunc__(), (-2.7).__trunc__(), (2.7).__floor__(), (2.2).__ceil__(), (-2.7).__floor__(), (-2.2).__ceil__()
int(2.9), int(-2.9), int(1e20), int(1e300) % 1000007
[round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e20, 0.49999999999999994)], type(round(2.5))
[round(x, 2) for x in (2.675, 1.005, 1.115, 0.125, 0.375, 1e300, -2.345, 1.2)], [round(x, 1) for x in (0.25, 0.35, 0.05, 0.15)], [round(1234.5678, n) for n in (-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 400, -400)]
round(2.5, None), round(2.5, 0), round(float('inf'), 2), round(float('nan'), 2), round(1e308, -308), round(1.7e308, -308)
round(float('inf'))
round(float('nan'))
round(1.5, 'a')
round(1.7e308, -309), round(-0.4), round(-0.4, 0)
hash(1.0) == hash(1), hash(0.5), hash(float('inf')), hash(-float('inf')), hash(1e300), hash(-0.0), hash(0.1), hash(2.0**70) == hash(2**70), hash(-1.5)
(1.5).__eq__(1.5), (1.5).__eq__(1), (1.5).__eq__('a'), (1.5).__add__(1), (1.5).__radd__(2), (1.5).__divmod__(1), (1.5).__mod__(1), (7.5).__floordiv__(2), (2.0).__pow__(3), (2.0).__rpow__(3), (1.5).__bool__(), (-1.5).__abs__()
(1.5).__int__(), (1.5).__float__(), (1.5).__getnewargs__(), (1.5).__format__('.3f'), float.__getformat__('double')
(1.5).foo
1.5.__round__(), 2.675.__round__(2)
float.is_integer('a')
""")
