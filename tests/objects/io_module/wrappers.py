# TextIOWrapper, BufferedReader/Writer over raw objects, custom raw classes, decoders.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import io
t = io.TextIOWrapper(io.BytesIO('é1\nb2\r\nc3'.encode()), encoding='utf-8'); print(repr(t.read(1)), repr(t.readline()), t.readlines(), t.buffer.getvalue()[:2], t.encoding, t.errors, t.line_buffering, t.newlines)
b = io.BytesIO(); w = io.TextIOWrapper(b, encoding='utf-8', newline='\r\n', write_through=True); w.write('a\nb'); w.flush(); print(b.getvalue()); w.reconfigure(newline='\n'); w.write('c\n'); w.flush(); print(b.getvalue()); d = w.detach(); print(d is b); err(w.write, 'x'); err(w.read)
class Raw(io.RawIOBase):
    def __init__(self, data): self.data, self.log = data, []
    def readable(self): return True
    def readinto(self, buf):
        n = min(len(buf), 3, len(self.data)); buf[:n] = self.data[:n]; self.data = self.data[n:]; self.log.append(n); return n
r = Raw(b'abcdefgh'); print(r.read(2), r.read(), r.read(), r.log); br = io.BufferedReader(Raw(b'0123456789'), 4); print(br.read(1), br.peek()[:2], br.read(5), br.read1(10), br.read(), br.closed)
print(io.TextIOWrapper(Raw('héé\nx'.encode()) and io.BufferedReader(Raw('héé\nx'.encode())), encoding='utf-8').readlines())
class WRaw(io.RawIOBase):
    def __init__(self): self.parts = []
    def writable(self): return True
    def write(self, b): self.parts.append(bytes(b)); return len(b)
wr = WRaw(); bw = io.BufferedWriter(wr, 4); print(bw.write(b'ab'), wr.parts, bw.write(b'cdefg'), b''.join(wr.parts) != b'', bw.flush(), b''.join(wr.parts)); err(bw.read); err(bw.write, 'str'); bw.close(); err(bw.write, b'x')
rw = io.BufferedRandom(io.BytesIO(b'0123456789')); print(rw.read(3), rw.write(b'XY'), rw.seek(0), rw.read()); p = io.BufferedRWPair(io.BytesIO(b'in'), o := io.BytesIO()); print(p.read(1), p.write(b'out'), p.flush(), o.getvalue())
i = io.IncrementalNewlineDecoder(None, True); print(repr(i.decode('a\r')), repr(i.decode('\nb\r')), repr(i.decode('', final=True)), i.newlines)
err(io.TextIOWrapper, io.BytesIO(), encoding='nope'); err(io.BufferedReader, 5); err(io.BufferedReader, WRaw()); err(io.BufferedReader, io.BytesIO(), -1); err(io.BufferedWriter, Raw(b'')); err(io.RawIOBase().read); err(io.IOBase().readline); err(io.IOBase().fileno); err(io.RawIOBase().readinto, bytearray(1)); err(io.IOBase().seek, 0); err(io.TextIOBase().read)
class L(io.IOBase):
    def __init__(self): self.n = 0
    def readable(self): return True
    def read(self, k=-1): self.n += 1; return b'x\n'[self.n % 2:][:1] if self.n < 7 else b''
print(L().readline(), list(L())[:2]); c = io.BytesIO(); c.close(); c.close(); print(c.closed); err(c.flush)
class T(io.TextIOWrapper): attr = 1
print(T(io.BytesIO(b'q')).read(), io.TextIOWrapper(io.BytesIO(b'a\xff'), encoding='ascii', errors='replace').read().encode('unicode_escape'), io.TextIOWrapper(io.BytesIO('\ufeffx'.encode('utf-16')), encoding='utf-16').read().__len__()); x = io.TextIOWrapper(io.BytesIO(), encoding='utf-8'); x.write('é' * 3); print(x.seek(0), x.read(2), x.seek(x.tell()), x.read(), x.truncate(2), x.seek(0), x.read())
