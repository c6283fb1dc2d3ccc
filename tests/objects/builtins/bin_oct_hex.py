# bin, oct, hex.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class I:
    def __index__(self): return 10
class B:
    def __index__(self): return 'x'
show(r"""
[(bin(n), oct(n), hex(n)) for n in (0, 1, -1, 8, 255, -255, 2**64, -2**64, True)]
bin(I()), oct(I()), hex(I())
bin(1.0)
hex('ff')
oct(None)
bin(B())
hex()
""")
