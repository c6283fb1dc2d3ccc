# float() from strings, ints and objects.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class F:
    def __float__(self): return 2.5
class X:
    def __index__(self): return 3
class Bad:
    def __float__(self): return 'x'
class BadI:
    def __float__(self): return 5
class Sub(float): pass
show(r"""
float(), float(5), float(True), float('1.5'), float(' 1.5 '), float('-1.5'), float('+1.5'), float('1e5'), float('1E-5'), float('.5'), float('5.')
float('inf'), float('-inf'), float('Infinity'), float('+INF'), float('nan'), float('-nan'), float('NaN'), float(' nAn\n')
float('1_000.5'), float('1_0e1_0'), float('0x10') if False else 'hex no', float(b'1.5'), float(bytearray(b'2')), float('١.٥')
float('1e400'), float('-1e400'), float('1e-400'), float('4.9e-324'), float('2.4e-324'), float('0.1'), float('123456789012345678901234567890')
float('9007199254740993'), float('9007199254740992.9'), float('1.7976931348623158e308'), float('1.7976931348623159e308'), float('2.2250738585072011e-308')
float('0' * 400 + '1'), float('1' + '0' * 308), float('.' + '0' * 400 + '1'), float('1' * 400 + 'e-400')
float(F()), float(X()), float(Sub(1.5)), type(float(Sub(1.5))), float(10**22), float(2**53 + 1), float(2**1023)
float(10**400)
float('')
float(' ')
float('abc')
float('1.5.2')
float('1e')
float('e5')
float('1__0')
float('_1')
float('1_')
float('1_.5')
float('1._5')
float('+-1')
float('1 2')
float('infin')
float('0x1p3')
float('1,5')
float(None)
float([])
float(1j)
float('1\x00')
float(b'\xff')
float(Bad())
float('5', 5)
float(x=1)
float.__new__(int)
""")
