# hashlib on the native modules: every function at every length around its block, BLAKE2's parameters, wrong arguments.
# differs: newer libraries have other messages for BLAKE2's parameters
import hashlib
names = ['md5','sha1','sha224','sha256','sha384','sha512','sha3_224','sha3_256','sha3_384','sha3_512','blake2b','blake2s']
data = bytes(range(256)) * 5
for n in names:
    out = hashlib.sha256()
    for size in list(range(0, 300)) + [1000, 1279]:
        h = hashlib.new(n, usedforsecurity=False); h.update(data[:size]); out.update(h.digest())
        g = getattr(hashlib, n)(); g.update(data[:size // 3]); c = g.copy(); g.update(data[size // 3:size]); c.update(b'x'); assert g.hexdigest() == h.hexdigest(), (n, size)
    print(n, out.hexdigest(), h.digest_size, h.block_size, h.name)
for n in ('shake_128', 'shake_256'):
    out = hashlib.sha256()
    for size in range(0, 400, 7): out.update(getattr(hashlib, n)(data[:size]).digest(size + 1)); out.update(getattr(hashlib, n)(data[:size]).hexdigest(20).encode())
    print(n, out.hexdigest(), getattr(hashlib, n)().digest_size, getattr(hashlib, n)().block_size)
for f, m in ((hashlib.blake2b, 64), (hashlib.blake2s, 32)):
    for k in (dict(digest_size=1), dict(key=b'k' * 5), dict(key=b'k' * m), dict(salt=b'salt', person=b'me'), dict(fanout=0, depth=255, leaf_size=4096, node_offset=77, node_depth=3, inner_size=20, last_node=True), dict(digest_size=m, key=b'')):
        for size in (0, 1, m * 2 - 1, m * 2, m * 2 + 1, 1000):
            print(f.__name__, k, size, f(data[:size], **k).hexdigest()[:24])
    print(f.SALT_SIZE, f.PERSON_SIZE, f.MAX_KEY_SIZE, f.MAX_DIGEST_SIZE)
def err(g, *a, **k):
    try: print(g(*a, **k))
    except Exception as e: print(type(e).__name__, e)
err(hashlib.blake2b, digest_size=0); err(hashlib.blake2b, digest_size=65); err(hashlib.blake2s, digest_size=33); err(hashlib.blake2b, key=b'x' * 65); err(hashlib.blake2b, salt=b'x' * 17); err(hashlib.blake2s, person=b'x' * 9)
err(hashlib.blake2b, fanout=256); err(hashlib.blake2b, depth=0); err(hashlib.blake2b, leaf_size=1 << 32); err(hashlib.blake2b, node_offset=1 << 64); err(hashlib.blake2s, node_offset=1 << 48); err(hashlib.blake2b, node_depth=256); err(hashlib.blake2b, inner_size=65); err(hashlib.new, 'nonsense')
import uuid; print(uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'))
