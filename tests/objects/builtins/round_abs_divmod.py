# round, abs, divmod, pow as builtins.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
round(2.5), round(3.5), round(-2.5), round(2.567, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(5), round(5.0), round(True), round(2.5, None), round(1.5, 0), round(0.5), round(1e16), round(number=1.5), round(2.675, ndigits=2), round(-0.5), round(1234.5, -2), round(10**30, -29), round(55, -1), round(-55, -1), round(45, -1)
round('a')
round(1.5, 'a')
round(1.5, 1.5)
round()
round(1j)
round(None)
round(float('nan'))
round(float('inf'))
round(1, 2, 3)
round(5, 1.0)
abs(-5), abs(-5.5), abs(3+4j), abs(True), abs(-0.0), abs(-10**20), abs(-2**63), abs(float('-inf')), abs(0)
abs('a')
abs()
abs(None)
divmod(7, 2), divmod(-7, 2), divmod(7, -2), divmod(7.5, 2), divmod(True, True), divmod(10**20, 7), divmod(-7.5, 2), divmod(0, 5), divmod(5, 10)
divmod(1, 'a')
divmod('a', 1)
divmod(1j, 1)
divmod(1)
pow(2, 3), pow(2, -1), pow(2.0, 3), pow(2, 3, 5), pow(-1, 0.5), pow(0, 0), pow(1j, 2), pow(True, True)
pow('a', 1)
pow(1, 2, 'a')
pow(2, 3, 0)
pow(2.5, 1, 2)
bin(5), bin(-5), oct(8), hex(255), hex(-1), bin(True), hex(10**20)
bin(1.5)
hex('a')
oct(None)
chr(97), ord('a'), chr(0x10ffff), ord('\U0010ffff'), chr(0)
""")
class R:
    def __round__(self, *a): return a
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return 'dm'
    def __rdivmod__(self, o): return 'rdm'
print(round(R()), round(R(), 2), round(R(), None), abs(R()), divmod(R(), 1), divmod(1, R()))
