# int.to_bytes and int.from_bytes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
(0).to_bytes(1, 'big'), (0).to_bytes(0, 'big'), (1).to_bytes(), (255).to_bytes(1, 'little')
(1024).to_bytes(2, 'big'), (1024).to_bytes(2, 'little'), (1024).to_bytes(10, 'big'), (1024).to_bytes(4, byteorder='little')
(-1).to_bytes(1, 'big', signed=True), (-128).to_bytes(1, 'big', signed=True), (-1024).to_bytes(4, 'little', signed=True), (127).to_bytes(1, 'big', signed=True)
(2**64 - 1).to_bytes(8, 'big'), (2**63).to_bytes(9, 'little', signed=True), (-2**63).to_bytes(8, 'big', signed=True), (10**20).to_bytes(9, 'big')
(True).to_bytes(2, 'big')
(256).to_bytes(1, 'big')
(-1).to_bytes(1, 'big')
(128).to_bytes(1, 'big', signed=True)
(-129).to_bytes(1, 'big', signed=True)
(1).to_bytes(-1, 'big')
(1).to_bytes(1, 'middle')
(1).to_bytes(1, 5)
(1).to_bytes('a', 'big')
(2**70).to_bytes(8, 'big')
(1).to_bytes(0, 'big')
int.from_bytes(b'', 'big'), int.from_bytes(b'\x01\x00', 'big'), int.from_bytes(b'\x01\x00', 'little'), int.from_bytes(b'\xff'), int.from_bytes(b'\xff', signed=True)
int.from_bytes(b'\xff\x00', 'little', signed=True), int.from_bytes(b'\x80' + b'\0' * 8, 'big', signed=True), int.from_bytes(b'\xff' * 20, 'big'), int.from_bytes(b'\xff' * 20, 'big', signed=True)
int.from_bytes([1, 2, 3], 'big'), int.from_bytes(bytearray(b'ab'), 'little'), int.from_bytes((255,), 'big'), int.from_bytes(range(4), 'big'), int.from_bytes(memoryview(b'ab'), 'big')
int.from_bytes([256], 'big')
int.from_bytes('ab', 'big')
int.from_bytes(5, 'big')
int.from_bytes(['a'], 'big')
int.from_bytes(b'a', 'x')
bool.from_bytes(b'\x01', 'big'), type(bool.from_bytes(b'\x00', 'big'))
""")
class N(int): pass
print(type(N.from_bytes(b'\x05', 'big')), N.from_bytes(b'\x05', 'big'))
for n in (0, 1, -1, 127, 128, 255, 256, 2**31, -2**31, 10**30, -10**30):
    for order in ('big', 'little'):
        k = n.bit_length() // 8 + 1
        assert int.from_bytes(n.to_bytes(k, order, signed=True), order, signed=True) == n
print("round trips hold")
