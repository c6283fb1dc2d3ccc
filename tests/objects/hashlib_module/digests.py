# digests of the guaranteed algorithms.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import hashlib, hmac
show(r"""
[hashlib.new(n, b'abc').hexdigest() for n in ('md5', 'sha1', 'sha256')], hashlib.sha512(b'').hexdigest()[:32], hashlib.sha3_256(b'abc').hexdigest()[:32], hashlib.blake2b(b'abc', digest_size=8).hexdigest(), hashlib.blake2s(b'').hexdigest()[:16], hashlib.sha224(b'a').digest_size, hashlib.md5().block_size, hashlib.sha256().name, hashlib.shake_128(b'x').hexdigest(4)
(lambda h: (h.update(b'a'), h.update(b'bc'), h.hexdigest() == hashlib.md5(b'abc').hexdigest(), h.copy().hexdigest() == h.hexdigest()))(hashlib.md5()), hmac.new(b'key', b'msg', 'sha256').hexdigest()[:16], hmac.compare_digest(b'a', b'a'), hashlib.pbkdf2_hmac('sha256', b'p', b's', 2).hex()[:16]
hashlib.new('nope')
hashlib.md5('str')
""")
