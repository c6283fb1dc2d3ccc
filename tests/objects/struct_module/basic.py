# struct in everyday use.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import struct
show(r"""
struct.pack('<i', 1), struct.pack('>h', -2), struct.pack('<f', 1.5), struct.pack('3s', b'ab'), struct.pack('<BHI', 1, 2, 3), struct.unpack('<i', b'\1\0\0\0'), struct.unpack('>HB', b'\0\1\2'), struct.calcsize('<iq'), struct.pack('?', 1), struct.unpack('<d', struct.pack('<d', 0.1)), struct.pack('<q', -1), list(struct.iter_unpack('<H', b'\1\0\2\0'))
struct.pack('i', 'a')
struct.pack('i')
struct.unpack('i', b'')
struct.pack('y', 1)
struct.pack('<Q', -1)
""")
