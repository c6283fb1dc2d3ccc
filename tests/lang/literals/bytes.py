# Bytes literals: escapes, values and repr choice of quotes.
print(b'', b'abc', b"it's", b'say "hi"', b'both \' and "')
print(b'\x00\x01\x7f\x80\xff', b'\n\t\r\\', b'\a\b\f\v')
print(b'\0', b'\101\102', b'\377', b'\08')
print(list(b'\x00A\xff'), b'abc'[0], b'abc'[1:2])
print(b'''multi
line''')
print(b'a\
b')
print(b'\u0041', len(b'\u0041'), b'\N{x}'[:3])
print(bytes([34]), bytes([39]), bytes([34, 39]))
print(b'a' == 'a', b'a' != 'a', b'a' in b'abc', 97 in b'abc')
