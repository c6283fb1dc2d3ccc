# hex and fromhex.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
b'\x00\x0f\xff'.hex(), b''.hex(), b'abcd'.hex(' '), b'abcde'.hex(':', 2), b'abcde'.hex(':', -2), bytes.fromhex('0aff'), bytes.fromhex('0a FF 10'), bytes.fromhex(''), bytearray.fromhex('61'), bytes.fromhex('  61  62  ')
bytes.fromhex('x1')
bytes.fromhex('6 1')
bytes.fromhex(b'61') if False else 0
b'a'.hex('ab')
b'a'.hex(1)
""")
