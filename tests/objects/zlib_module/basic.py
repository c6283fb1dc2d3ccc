# zlib round trips and checksums.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import zlib
show(r"""
zlib.decompress(zlib.compress(b'hello' * 100)) == b'hello' * 100, zlib.crc32(b'abc'), zlib.adler32(b'abc'), len(zlib.compress(b'a' * 10000)) < 100, zlib.decompress(zlib.compress(b'')), (lambda d: d.decompress(zlib.compress(b'xyz')) + d.flush())(zlib.decompressobj()), (lambda c: zlib.decompress(c.compress(b'ab') + c.flush()))(zlib.compressobj(9)), zlib.crc32(b'b', zlib.crc32(b'a')) == zlib.crc32(b'ab')
zlib.decompress(b'bad')
zlib.compress('str')
zlib.decompress(zlib.compress(b'hello')[:-3])
""")
