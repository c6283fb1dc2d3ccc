# struct: formats, byte orders, alignment, padding, errors.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import struct as s
show(r"""
s.pack('b', -1), s.pack('B', 255), s.pack('<h', -2), s.pack('>H', 258), s.pack('<i', 1), s.pack('>I', 2**32 - 1), s.pack('<q', -1), s.pack('>Q', 2**64 - 1), s.pack('?', True), s.pack('?', []), s.pack('c', b'x'), s.pack('<f', 1.5), s.pack('>d', -2.5), s.pack('<e', 1.0), s.pack('3s', b'ab'), s.pack('2s', b'abc'), s.pack('5p', b'abc'), s.pack('2x'), s.pack('<hxb', 1, 2), s.pack('3B', 1, 2, 3), s.pack('0s', b''), s.pack('')
s.unpack('<h', b'\xfe\xff'), s.unpack('>I', b'\0\0\1\0'), s.unpack('3s', b'abc'), s.unpack('<3B', b'\1\2\3'), s.unpack('5p', b'\3abc\0'), s.unpack('<f', b'\0\0\xc0?'), s.unpack('<d', bytes(8)), s.unpack('?', b'\x02'), s.unpack('c', b'z'), s.unpack('<e', b'\0<'), s.unpack('2x', b'ab'), s.unpack('', b''), s.unpack('<bxh', b'\1\0\2\0')
[s.calcsize(f) for f in ('b', '<i', '=q', '@bi', '<bi', 'bq', '10s', '3i', 'xb', '!d', '<bhilq', '@bhiq', 'P', 'n', 'i0q', '')]
s.pack('b', 128)
s.pack('B', -1)
s.pack('B', 256)
s.pack('h', 40000)
s.pack('<i', 2**31)
s.pack('<I', -1)
s.pack('<q', 2**63)
s.pack('<Q', 2**64)
s.pack('b', 'a')
s.pack('b', 1.5)
s.pack('c', 'a')
s.pack('c', b'ab')
s.pack('s', 'a')
s.pack('f', 'a')
s.pack('<f', 1e39)
s.pack('<e', 1e6)
s.pack('i')
s.pack('i', 1, 2)
s.pack('z', 1)
s.pack('3', 1)
s.pack('<P', 1)
s.pack(5)
s.unpack('i', b'ab')
s.unpack('<h', b'abc')
s.unpack('i', 'abcd')
s.calcsize('99999999999999999999i')
s.calcsize('é')
list(s.iter_unpack('<h', b'\1\0\2\0')), s.unpack_from('<h', b'xx\1\0', 2), s.unpack_from('b', bytearray(b'\5')), s.unpack_from('<b', b'abc', -1)
list(s.iter_unpack('<h', b'abc'))
s.iter_unpack('', b'')
s.unpack_from('<i', b'abc')
s.unpack_from('<h', b'abcd', 9)
s.unpack_from('<h', b'abcd', -9)
s.pack('<f', float('nan'))[2:], s.pack('<d', float('inf')), s.pack('>f', -0.0), s.unpack('<f', s.pack('<f', 0.1)), s.pack('<e', 65504.0), s.pack('<e', 5.96e-8), s.unpack('<e', b'\x01\x00'), s.pack('<f', 1e-45), s.pack(b'<h', 1), s.pack(' < h h '.strip(), 1, 2)
""")
st = s.Struct('<hb'); print(st.size, st.format, st.pack(1, 2), st.unpack(b'\1\0\2'), st.unpack_from(b'xx\1\0\2', 2), list(st.iter_unpack(b'\1\0\2' * 2))); b = bytearray(6); st.pack_into(b, 1, 5, 6); print(b); s.pack_into('>H', b, 4, 0xabcd); print(b)
for f in (lambda: st.pack_into(b, 5, 1, 1), lambda: st.pack_into(b, -9, 1, 1), lambda: st.pack_into(b'ro', 0, 1, 1), lambda: s.pack_into('b', b), lambda: st.pack(1), lambda: s.Struct('z'), lambda: s.Struct(5), lambda: s.pack_into('<h', b, 'a', 1)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class I:
    def __index__(self): return 7
class F:
    def __float__(self): return 1.5
print(s.pack('b', I()), s.pack('<d', F()), s.pack('<f', I()), issubclass(s.error, Exception), s.error.__name__)
