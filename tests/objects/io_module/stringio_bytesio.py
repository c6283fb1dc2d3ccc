# StringIO and BytesIO: read, write, seek, truncate, newlines, errors.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import io
s = io.StringIO('line1\nline2\r\nline3'); print(repr(s.read(3)), s.tell(), repr(s.readline()), s.readlines(), repr(s.read()), s.seek(0), list(s), s.getvalue() == 'line1\nline2\r\nline3', s.readable(), s.writable(), s.seekable(), s.closed, s.newlines, s.isatty())
s = io.StringIO(); print(s.write('abc'), s.write('é😀'), s.tell(), s.seek(1), s.write('XYZ'), s.getvalue(), s.truncate(2), s.getvalue(), s.tell(), s.write('!'), repr(s.getvalue()), s.writelines(['p', 'q']), s.getvalue() is not None)
print(repr(io.StringIO('a\r\nb\rc', newline=None).read()), repr(io.StringIO('a\r\nb\rc', newline='').read()), io.StringIO('a\r\nb\rc\n', newline='').readlines(), io.StringIO('a\r\nb', newline='\r\n').readlines(), repr(io.StringIO('a\nb', newline='\r\n').getvalue()), io.StringIO('ab\ncd').readline(1), io.StringIO('a\nb\nc').readlines(3), io.StringIO('x').seek(5), io.StringIO('abc').read(-1), io.StringIO('abc').read(None))
s = io.StringIO('abc'); err(s.seek, -1); err(s.seek, 1, 1); print(s.seek(0, 2), s.seek(0, 1)); err(s.seek, 1, 2); err(s.seek, 0, 9); err(s.write, b'x'); err(s.write, 5); err(s.read, 'a'); err(s.truncate, -1); err(io.StringIO, 5); err(io.StringIO, 'a', newline='x'); s.close(); err(s.read); err(s.getvalue); err(s.write, 'a'); print(s.closed); err(next, io.StringIO())
b = io.BytesIO(b'abc\ndef'); print(b.read(2), b.readline(), b.read(), b.read(), b.seek(-3, 2), b.read1(2), b.seek(0), b.readlines(), b.getvalue(), b.write(b'XY'), b.getvalue(), b.seek(10), b.write(b'Z'), b.getvalue(), b.truncate(3), b.getvalue(), b.tell(), b.seek(1), list(b))
buf = bytearray(4); b = io.BytesIO(b'12345678'); print(b.readinto(buf), buf, b.getbuffer().nbytes, b.peek(1) if hasattr(b, 'peek') else 'no peek', b.readinto1(buf)); v = b.getbuffer(); v[0] = 65; err(b.truncate, 0); err(b.write, b'x' * 100); v.release(); print(b.getvalue()); err(b.write, 'str'); err(b.write, 5); err(b.seek, -1); err(b.readinto, b'ro'); err(io.BytesIO, 'a'); b.close(); err(b.read); err(b.getvalue)
with io.StringIO('ctx') as f: print(f.read())
print(f.closed, io.BytesIO(bytearray(b'q')).read(), io.BytesIO(memoryview(b'mv')).getvalue(), sum(1 for _ in io.StringIO('a\nb\n\n')), isinstance(io.StringIO(), io.TextIOBase), isinstance(io.BytesIO(), io.BufferedIOBase)); err(io.StringIO().fileno); err(io.BytesIO().fileno); err(io.StringIO().detach)
import sys; print(sys.stdout.encoding, sys.stdout.writable(), sys.stdout.line_buffering in (True, False), sys.stdin.read() == '')
class U(io.StringIO):
    def write(self, t): return super().write(t.upper())
u = U(); print('shout', file=u); print(u.getvalue(), end='')
