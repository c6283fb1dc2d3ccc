# _lzma: compressors, decompressors, filters and their messages.
# needs: 3.14
import _lzma, lzma
def t(f):
    try:
        print('=>', repr(f())[:200])
    except Exception as e:
        print('!!', type(e).__name__, e)
z = lzma.compress(b'hello' * 100)
alone = lzma.compress(b'hello' * 100, format=lzma.FORMAT_ALONE)
F = [{'id': lzma.FILTER_LZMA2, 'preset': 1}]
raw = lzma.compress(b'hello' * 100, format=lzma.FORMAT_RAW, filters=F)
C, D = _lzma.LZMACompressor, _lzma.LZMADecompressor
es = r"""
sorted(x for x in dir(_lzma) if x[:2] != '__')
{k: getattr(_lzma, k) for k in dir(_lzma) if k.isupper()}
_lzma.LZMAError.__module__, _lzma.LZMAError.__mro__
_lzma.is_check_supported(lzma.CHECK_CRC32)
_lzma.is_check_supported(99)
_lzma.is_check_supported(-1)
_lzma.is_check_supported('x')
C(format=99)
C('x')
C(check=99)
C(format=lzma.FORMAT_ALONE, check=1)
C(format=lzma.FORMAT_RAW)
C(format=lzma.FORMAT_RAW, check=1, filters=F)
C(preset=1, filters=F)
C(preset=10)
C(preset='x')
C(preset=-1)
C(filters=5)
C(filters=[])
C(filters=[5])
C(filters=[{}])
C(filters=[{'id': 99}])
C(filters=[{'id': 'x'}])
C(filters=[{'id': lzma.FILTER_LZMA2, 'foo': 1}])
C(filters=[{'id': lzma.FILTER_LZMA2, 'preset': 99}])
C(filters=[{'id': lzma.FILTER_LZMA2, 'dict_size': -1}])
C(filters=[{'id': lzma.FILTER_LZMA2, 'dict_size': 1 << 40}])
C(filters=[{'id': lzma.FILTER_DELTA, 'dist': 5}])
C(filters=[{'id': lzma.FILTER_DELTA, 'foo': 5}, F[0]])
C(filters=[{'id': lzma.FILTER_X86, 'foo': 5}, F[0]])
C(filters=[F[0]] * 5)
C(filters=[F[0], F[0]])
C(format=lzma.FORMAT_ALONE, filters=F)
C(1, 2, 3, 4, 5)
C(bogus=1)
C().compress('x')
C().compress(b'')[:6]
len(C().flush())
D(format=99)
D('x')
D(memlimit='x')
D(memlimit=-1)
D(format=lzma.FORMAT_RAW)
D(format=lzma.FORMAT_RAW, memlimit=5)
D(format=lzma.FORMAT_RAW, memlimit=5, filters=F)
D(filters=F)
D().decompress('x')
D().decompress(b'not xz at all, really')
D().decompress(b'')
D().decompress(z) == b'hello' * 100
D().decompress(alone) == b'hello' * 100
D(lzma.FORMAT_XZ).decompress(alone)
D(lzma.FORMAT_ALONE).decompress(z)
D(lzma.FORMAT_RAW, filters=F).decompress(raw) == b'hello' * 100
D().decompress(z, 7)
D().decompress(z, max_length=0)
D(memlimit=1000).decompress(z)
D().check, D().eof, D().needs_input, D().unused_data
lzma.decompress(z) == b'hello' * 100
lzma.decompress(z + z) == b'hello' * 200
lzma.decompress(z[:-1])
lzma.decompress(b'')
lzma.decompress(z[:20] + b'xxxx' + z[24:])
lzma.decompress(lzma.compress(b'abc', check=lzma.CHECK_SHA256))
lzma.decompress(lzma.compress(b'abc', preset=0))
lzma.decompress(lzma.compress(b'abc', filters=[{'id': lzma.FILTER_DELTA, 'dist': 3}, {'id': lzma.FILTER_LZMA2, 'dict_size': 4096, 'lc': 1, 'lp': 2, 'pb': 1, 'mode': lzma.MODE_FAST, 'nice_len': 50, 'mf': lzma.MF_HC4, 'depth': 5}]))
lzma.decompress(lzma.compress(b'abc', filters=[{'id': lzma.FILTER_X86, 'start_offset': 16}, F[0]]))
_lzma._encode_filter_properties({'id': lzma.FILTER_LZMA1})
_lzma._encode_filter_properties(F[0])
_lzma._encode_filter_properties({'id': lzma.FILTER_DELTA, 'dist': 7})
_lzma._encode_filter_properties({'id': lzma.FILTER_ARM, 'start_offset': 16})
_lzma._encode_filter_properties({'id': lzma.FILTER_X86})
_lzma._encode_filter_properties(5)
_lzma._encode_filter_properties({'id': 77})
_lzma._decode_filter_properties(lzma.FILTER_LZMA1, b']\0\0\x80\0')
_lzma._decode_filter_properties(lzma.FILTER_LZMA2, b'\x16')
_lzma._decode_filter_properties(lzma.FILTER_DELTA, b'\x06')
_lzma._decode_filter_properties(lzma.FILTER_ARM, b'\x10\0\0\0')
_lzma._decode_filter_properties(lzma.FILTER_X86, b'')
_lzma._decode_filter_properties(lzma.FILTER_LZMA1, b'')
_lzma._decode_filter_properties(77, b'')
_lzma._decode_filter_properties(-1, b'')
_lzma._decode_filter_properties(lzma.FILTER_LZMA1, 'x')
__import__('pickle').dumps(C())
__import__('pickle').dumps(D())
""".strip().splitlines()
for e in es:
    print(e, end=' ')
    t(lambda: eval(e))
c = C(preset=0)
data = bytes(range(256)) * 8192
out = c.compress(data) + c.flush()
print(lzma.decompress(out) == data)
t(lambda: c.compress(b'x'))
t(lambda: c.flush())
d = D()
print(d.decompress(z + b'tail', 7), d.needs_input, d.eof, d.check)
print(len(d.decompress(b'more')), d.needs_input, d.eof, d.unused_data)
t(lambda: d.decompress(b''))
d = D()
parts = []
for i in range(0, len(out), 50):
    parts.append(d.decompress(out[i:i + 50], 100000))
    while not d.needs_input and not d.eof:
        parts.append(d.decompress(b'', 100000))
print(b''.join(parts) == data, d.eof, max(map(len, parts)))
d = D()
for i in range(2):
    t(lambda: d.decompress(b'x' * 50))
    print(d.needs_input, d.eof)
import io, tarfile
f = io.BytesIO()
with tarfile.open(fileobj=f, mode='w:xz') as tar:
    info = tarfile.TarInfo('a')
    info.size = 3
    tar.addfile(info, io.BytesIO(b'abc'))
f.seek(0)
print(tarfile.open(fileobj=f).extractfile('a').read())
