# complex: construction, arithmetic, formatting, errors.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class C:
    def __complex__(self): return 1+2j
class F:
    def __float__(self): return 2.5
class Bad:
    def __complex__(self): return 5
show(r"""
complex(), complex(1), complex(1, 2), complex(1.5, -2), complex('1+2j'), complex('j'), complex('-j'), complex(' 1-2j '), complex('(1+2j)'), complex('1e3-1E-2j'), complex('inf+nanj'), complex('3')
complex('+j'), complex('1_0+2_0j'), complex('1j'), complex('-1.5'), complex(real=1, imag=2), complex(imag=3), complex(True, False), complex(C()), complex(F()), complex(1, 2.5)
complex('1 + 2j')
complex('')
complex('abc')
complex('1+2')
complex('1j+2')
complex('1+2j', 3)
complex(1, 'a')
complex([])
complex(None)
complex(Bad())
complex('(1+2j')
(1+2j) + 1, (1+2j) - 1.5, (1+2j) * 2, (1+2j) / 2, (1+2j) * (3-4j), (1+2j) / (3-4j), 1 / 1j, (1+2j) ** 2, (1+2j) ** -1, (1+2j) ** 0, 2 ** 1j, 1j ** 2, 1j ** 1j, (1+2j) ** 0.5, 0j ** 0
-(1+2j), +(1+2j), abs(3+4j), abs(-5j), (1+2j).conjugate(), (1+2j).real, (1+2j).imag, bool(0j), bool(1j), (1+2j) == (1+2j), (1+0j) == 1, 1j != 1
hash(1+0j) == hash(1), hash(1j), hash(1+2j), hash(0.5+0j) == hash(0.5)
repr(1+2j), str(-1-2j), repr(complex(0, -0.0)), repr(complex(-0.0, 1)), repr(1e100+1e-100j), repr(complex('nan')), repr(complex('-inf-infj')), 1j.__repr__(), f'{1+2j}', '%s' % (1+2j)
[format(1.5+2.25j, s) for s in ('', '.1f', '.2e', 'g', '+.1f', '>15', '<15.1f', '^16', ',', '.3')], format(1e6+2e6j, ',.1f'), format(2j, ''), format(-0.0+1j, '.1f'), format(1+2j, '_.0f')
format(1j, 'd')
format(1j, 's')
format(1j, '010')
format(1j, '=10')
format(1j, '%')
1j // 1
1j % 2
divmod(1j, 1)
1j < 2j
int(1j)
float(1j)
round(1j)
complex.__pow__(2+0j, 3), (2+0j).__add__(1), (1j).__eq__('a'), (1+2j).__getnewargs__(), (1j).__bool__(), (1j).__complex__(), (1+1j).__hash__() == hash(1+1j)
(1j).real, 5j.imag, (1j).foo
[complex(*t) for t in [(1,), (1, 2)]], sum([1j, 2, 3.5]), {1+0j: 'a', 1: 'b'}, sorted([3, 1, 2], key=lambda z: abs(z * 1j)), max([1j, 2+2j], key=abs)
1e200j * 1e200j, (1e200+1e200j) / (1e200+1e200j), abs(1e200+1e200j), complex('inf') * 1j, (0j).conjugate(), -(0j)
""")
class S(complex):
    def __repr__(self): return 'S!'
print(S(1, 2), S(1, 2) + 1, type(S(1) * 1), [S(1)], str(S(1, 2)), complex(S(3, 4)))
