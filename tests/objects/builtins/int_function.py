# int() on the common inputs.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
int(), int(5), int(5.9), int(-5.9), int('12'), int(' -7 '), int('ff', 16), int('0b11', 0), int(True), int('1_000'), int(b'5'), int(1e15), int('0')
int('a')
int('')
int('1.5')
int(None)
int([])
int('5', 1)
int(float('nan'))
int(float('inf'))
int('0x5')
""")
