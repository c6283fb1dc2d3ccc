# int() from strings, floats, bytes, bases and objects.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class I:
    def __int__(self): return 7
class X:
    def __index__(self): return 9
class T:
    def __trunc__(self): return 3
class Bad:
    def __int__(self): return 'x'
class BadF:
    def __int__(self): return 1.5
show(r"""
int()
int(5)
int(5.9), int(-5.9), int(1e20), int(True)
int('42'), int(' 42 '), int('+42'), int('-42'), int('\t42\n'), int('0042'), int('-0')
int('1_000'), int('0b101', 0), int('0o17', 0), int('0xff', 0), int('10', 0), int('0', 0), int('00', 0)
int('ff', 16), int('0xff', 16), int('FF', 16), int('zz', 36), int('101', 2), int('0b101', 2), int('-0b1', 2), int('777', 8), int('1_0', 2)
int(b'42'), int(bytearray(b'42')), int(b' 7 ')
int('٣'), int('१२'), int('𝟘𝟙')
int('9' * 30), int('-' + '1' * 25), int('f' * 40, 16)
int(I()), int(X()), int('12', X()), int('5', base=10)
int('')
int(' ')
int('4 2')
int('0x10')
int('08', 0)
int('1__0')
int('_1')
int('1_')
int('+-1')
int('1.5')
int('2', 2)
int('z', 35)
int('0b2', 0)
int('a', 1)
int('a', 37)
int('a', -1)
int('10', 'a')
int(5, 2)
int(None)
int([])
int(1j)
int(float('nan'))
int(float('inf'))
int(Bad())
int(BadF())
int(b'\xff')
int('1\x00')
int('é')
int(base=5)
int(x=5)
""")
