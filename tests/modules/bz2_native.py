# _bz2: compressors and decompressors, their limits and messages.
# needs: 3.14
import _bz2, bz2
def t(f):
    try:
        print('=>', repr(f())[:200])
    except Exception as e:
        print('!!', type(e).__name__, e)
z = bz2.compress(b'hello' * 100)
es = r"""
_bz2.BZ2Compressor(0)
_bz2.BZ2Compressor(10)
_bz2.BZ2Compressor('x')
_bz2.BZ2Compressor(1,2)
_bz2.BZ2Compressor().compress('x')
_bz2.BZ2Compressor().flush()
_bz2.BZ2Compressor().compress(b'')
_bz2.BZ2Decompressor(5)
_bz2.BZ2Decompressor().decompress('x')
_bz2.BZ2Decompressor().decompress(b'not bzip2 at all')
_bz2.BZ2Decompressor().decompress(b'')
_bz2.BZ2Decompressor().decompress(z) == b'hello' * 100
_bz2.BZ2Decompressor().decompress(z, 7)
_bz2.BZ2Decompressor().decompress(z, max_length=0)
_bz2.BZ2Decompressor().decompress(z[:-1])
bz2.decompress(z) == b'hello' * 100
bz2.decompress(z + z) == b'hello' * 200
bz2.decompress(z[:-1])
bz2.decompress(z + b'junk') == b'hello' * 100
bz2.decompress(b'')
bz2.decompress(z[:20] + b'xxxx' + z[24:])
sorted(x for x in dir(_bz2.BZ2Decompressor()) if x[:2] != '__'), sorted(x for x in dir(_bz2.BZ2Compressor()) if x[:2] != '__')
__import__('pickle').dumps(_bz2.BZ2Compressor())
__import__('pickle').dumps(_bz2.BZ2Decompressor())
""".strip().splitlines()
for e in es:
    print(e, end=' ')
    t(lambda: eval(e))
c = _bz2.BZ2Compressor(1)
data = bytes(range(256)) * 8192
out = c.compress(data) + c.flush()
print(len(out), bz2.decompress(out) == data)
t(lambda: c.compress(b'x'))
t(lambda: c.flush())
d = _bz2.BZ2Decompressor()
print(d.decompress(z + b'tail', 7), d.needs_input, d.eof)
print(len(d.decompress(b'more')), d.needs_input, d.eof, d.unused_data)
t(lambda: d.decompress(b''))
d = _bz2.BZ2Decompressor()
parts = []
for i in range(0, len(out), 1000):
    parts.append(d.decompress(out[i:i + 1000], 100000))
    while not d.needs_input and not d.eof:
        parts.append(d.decompress(b'', 100000))
print(b''.join(parts) == data, d.eof, max(map(len, parts)))
import io, tarfile
f = io.BytesIO()
with tarfile.open(fileobj=f, mode='w:bz2') as tar:
    info = tarfile.TarInfo('a')
    info.size = 3
    tar.addfile(info, io.BytesIO(b'abc'))
f.seek(0)
print(tarfile.open(fileobj=f).extractfile('a').read())
d = _bz2.BZ2Decompressor()
for i in range(2):
    t(lambda: d.decompress(b'x' * 50))
    print(d.needs_input, d.eof)
