# bytes(): every argument form and its errors.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class I:
    def __index__(self): return 3
class B:
    def __bytes__(self): return b'from dunder'
class Bad:
    def __bytes__(self): return 5
show(r"""
bytes(), bytes(3), bytes(b'ab'), bytes([1, 2, 255]), bytes((65,)), bytes(range(3)), bytes('é', 'utf-8'), bytes('a', encoding='ascii'), bytes(bytearray(b'x')), bytes(memoryview(b'mv')), bytes(I()), bytes(B()), bytes(True), bytes({1}), bytes(x for x in (1, 2)), bytes('é', 'ascii', 'replace'), bytes(source=b'k'), bytes([I()])
bytes('a')
bytes(-1)
bytes([256])
bytes([-1])
bytes(['a'])
bytes([1.5])
bytes(1.5)
bytes(None)
bytes(Bad())
bytes(b'a', 'utf-8')
bytes(5, 'utf-8')
bytes(encoding='utf-8')
bytes('é', 'ascii')
bytes(10**20)
bytes([10**20])
bytes(1, 2, 3, 4)
bytes.fromhex('00ff Ab'), bytes.fromhex(''), bytes.fromhex(' 1 2'.replace(' ', '')), bytes.fromhex('41\n42\t43')
bytes.fromhex('0')
bytes.fromhex('zz')
bytes.fromhex('1 2')
bytes.fromhex('é0')
bytes.fromhex(None)
b'\x00\xff'.hex(), b'abcd'.hex(':'), b'abcdef'.hex('-', 2), b'abcdef'.hex('-', -2), b'abc'.hex(sep=' ', bytes_per_sep=2), b''.hex(':'), b'abcde'.hex('_', 4), b'ab'.hex('x', 0)
b'ab'.hex('::')
b'ab'.hex('é')
b'ab'.hex(5)
""")
