# cmath functions at exact points.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import cmath, math
show(r"""
cmath.sqrt(-1), cmath.sqrt(-4), cmath.exp(0), cmath.log(1), cmath.phase(-1) == math.pi, cmath.polar(1j) == (1.0, math.pi / 2), cmath.rect(1, 0), cmath.isnan(complex('nan')), cmath.isinf(complex('inf')), cmath.isfinite(1j), cmath.pi, cmath.inf, cmath.infj, cmath.sin(0), cmath.cos(0), cmath.tanh(0), cmath.isclose(1 + 1e-12j, 1), cmath.log10(100), cmath.acos(1), cmath.atan(0), '%.10g' % abs(cmath.exp(1j * math.pi) + 1)
cmath.log(0)
cmath.sqrt('a')
cmath.exp(1000)
cmath.atanh(1)
""")
