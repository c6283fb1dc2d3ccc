# ord and chr round trips and errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[chr(n) for n in (0x41, 0xe9, 0x20ac, 0x1F600)], [ord(c) for c in 'Aé€😀'], chr(0) == '\0', all(ord(chr(i)) == i for i in range(0, 0x110000, 997)), chr(0xd800).encode('utf-16-le', 'surrogatepass')
chr(0x110000)
chr(-1)
chr('a')
chr(1.0)
ord('')
ord('ab')
ord(5)
ord(None)
ord(b'x'), ord(bytearray(b'y')), chr(True)
ord(b'xy')
""")
