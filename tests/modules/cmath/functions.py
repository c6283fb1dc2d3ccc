# The functions of cmath: values and errors.
# needs: 3.14
import cmath
inf = float("inf")

def show(text):
    for line in text.strip().splitlines():
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
cmath.sqrt(-1)
cmath.log(0)
cmath.log(0,2)
cmath.log(2,0)
cmath.log10(0)
cmath.exp(1000)
cmath.exp(complex(inf,inf))
cmath.cos(complex(inf,1))
cmath.polar(1j)
cmath.rect(1,2)
cmath.rect(inf,inf)
cmath.rect(1,inf)
cmath.phase(-1)
cmath.phase('a')
cmath.atan(1j)
cmath.atanh(1)
cmath.isclose(1,1j)
cmath.isclose(1,1j,rel_tol=-1)
cmath.cosh(1000)
cmath.tan(1j)
cmath.log(10**400)
""")
