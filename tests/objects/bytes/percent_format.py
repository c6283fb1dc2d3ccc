# % formatting of bytes.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class B:
    def __bytes__(self): return b'dunder'
    def __repr__(self): return 'rép'
show(r"""
b'%d %i %u' % (1, -2, 3), b'%s' % b'x', b'%b' % b'y', b'%s' % B(), b'%a' % 'é', b'%r' % B(), b'%a' % B(), b'%c%c%c' % (65, b'B', bytearray(b'C')), b'%%', b'%%' % (), b'%s' % bytearray(b'ba'), b'%s' % memoryview(b'mv')
b'%x %X %o %#x' % (255, 255, 8, 16), b'%5d|%-5d|%05d|%+d' % (1, 2, 3, 4), b'%.2f %e %g' % (1.555, 12345.678, 1e-10), b'%5s|%-5s|%.2s|' % (b'ab', b'cd', b'efg'), b'%*d' % (4, 7), b'%(k)s' % {b'k': b'v'}, b'%(a)d %(b)x' % {b'a': 1, b'b': 16}
b'%s' % 'str'
b'%s' % 5
b'%b' % 'a'
b'%c' % 256
b'%c' % b'ab'
b'%c' % 'a'
b'%d' % 'a'
b'%d' % b'1'
b'%(k)s' % {'k': b'v'}
b'%s %s' % b'a'
b'%s' % (1, 2)
b'x' % 1
b'%z' % 1
b'%' % 1
bytearray(b'%d-%s') % (5, b'x'), type(bytearray(b'%d') % 1).__name__
b'%s' % None
b'%f' % 'x'
b'%d' % 1.9, b'%.0f' % 2.5, b'%d' % True, b'%i' % 10**20
""")
