# Indexing, slicing, concatenation, comparison, hashing, iteration, repr of bytes.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

b = b'hello'
show(r"""
b[0], b[-1], b[1:3], b[::-1], b[:], b[10:], len(b), list(b), b'h' in b, 104 in b, b'' in b, b'lo' in b, bytes(reversed(b)), sorted(b), max(b), b[True], tuple(b[:2]), [*b'ab'], sum(b'\x01\x02'), b.__getitem__(1)
b[5]
b['a']
b[1.0]
b[::0]
256 in b
-1 in b
'a' in b
1.5 in b
None in b
b + b'!', b + bytearray(b'?'), b * 2, 2 * b, b * 0, b * -1, b'' + b'', b'a' b'b', type(b + bytearray()).__name__, type(bytearray() + b).__name__
b + 'x'
b + [1]
b * 1.5
b * b
b < b'z', b == b'hello', b == 'hello', b != bytearray(b'hello'), b == bytearray(b'hello'), b'a' < b'ab', b'' < b'\x00', b'\xff' > b'a', b == [104], b >= b
b < 'a'
b < 5
hash(b'a') == hash(b'a'), hash(b'a') == hash('a'), {b'a': 1}.get('a'), {b'k': 'v'}[b'k'], hash(b'') == hash(''), hash(memoryview(b'a')) == hash(b'a')
repr(b'\x00\n\t\r\\\'"\x7f\x80'), repr(b"'"), repr(b'"'), repr(b'\'"'), str(b'a'), f'{b}', '%s' % b, b.__repr__(), ascii(b'\xe9')
bytes(b) is b, b[:] is b, type(iter(b)).__name__, b.__getnewargs__(), bool(b''), bool(b'\0')
b.__class__, bytes.__mro__, b''.join([]), b','.join([b'a', bytearray(b'b'), memoryview(b'c')]), b''.join((b'x',))
b','.join([b'a', 'b'])
b','.join(['a'])
b','.join(5)
b','.join([1])
""")
def f(): b[0] = 1
def g(): del b[0]
def h(): b.x = 1
for fn in (f, g, h):
    try: fn()
    except Exception as e: print(type(e).__name__, e)
class S(bytes):
    def __new__(cls, v): return super().__new__(cls, v + b'!')
print(S(b'a'), S(b'a') + b'b', type(S(b'a')[:1]).__name__, bytes(S(b'z')), S(b'q') == b'q!', type(bytes(S(b'z'))).__name__)
