# int(text, base) for every base and prefixes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[int('11', b) for b in range(2, 37)], [int('z', 36), int('Z', 36), int('-z', 36), int('0', 36)], int('0b11', 0), int('0O17', 0), int('0XfF', 0), int(' 0x1f ', 16), int('1_1', 2), int('0_7', 8)
int('9', 8)
int('', 10)
int('0x', 16)
int('0x', 0)
int('12', 0), int('0', 0), int('0000', 0)
int('012', 0)
int('1', -2)
int('1', 2.0)
int('1', None)
int(b'ff', 16), int(bytearray(b'10'), 2)
int('1' * 100, 2), int('7' * 50, 8), int('zz' * 20, 36)
""")
