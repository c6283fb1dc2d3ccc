# memoryview: indexing, slicing, casting, attributes, release, errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

m = memoryview(b'abcdef')
ba = bytearray(b'abcdef'); w = memoryview(ba)
show(r"""
m[0], m[-1], m[1:3].tobytes(), m[::2].tobytes(), m[::-1].tobytes(), bytes(m), m.tolist(), len(m), list(m), m == b'abcdef', m == memoryview(b'abcdef'), m != b'x', m == 'abcdef', b'c' in m, 99 in m, m.hex(), m.hex(':', 2), list(reversed(m))
m.format, m.itemsize, m.nbytes, m.ndim, m.shape, m.strides, m.suboffsets, m.readonly, m.contiguous, m.c_contiguous, m.f_contiguous, w.readonly, m.obj, m[1:].obj, m[::2].strides, m[::2].contiguous, m[2:4].shape
m[9]
m['a']
m[1.0]
m[1:2, 0]
m[::0]
memoryview('a')
memoryview(5)
memoryview()
memoryview([1])
hash(m) == hash(b'abcdef'), hash(m[1:3]) == hash(b'bc')
hash(w)
m.cast('H').tolist() == list(__import__('struct').unpack('<3H', b'abcdef')), m.cast('b').tolist(), m.cast('c')[0], m.cast('B', [2, 3]).tolist(), m.cast('B', (3, 2)).shape, memoryview(b'\0' * 8).cast('d')[0], memoryview(b'\x01' + b'\0' * 7).cast('q').tolist(), memoryview(b'\0\0\1\0').cast('?').tolist()
m.cast('I')
m.cast('z')
m.cast('H').cast('I')
m[::2].cast('b')
m.cast('B', [4])
m.cast('B', 'a')
m.cast('B', [2, 3])[0, 1], m.cast('B', [2, 3])[1, -1]
m.cast('B', [2, 3])[0]
m.cast('B', [2, 3])[5, 5]
m < m
m + m
m.tobytes('F'), m.toreadonly().readonly, w.toreadonly().readonly
type(m).__name__, repr(m)[:11], m.__class__, bool(memoryview(b'')), memoryview(m) == m, memoryview(memoryview(b'q')).obj
""")
def err(f):
    try: f(); print(ba)
    except Exception as e: print(type(e).__name__, e)
def st(v, i, x): v[i] = x
err(lambda: st(w, 0, 65)); err(lambda: st(w, slice(1, 3), b'XY')); err(lambda: st(w, slice(0, 2), b'XYZ')); err(lambda: st(w, 0, 256)); err(lambda: st(w, 0, 'a')); err(lambda: st(w, 0, b'a')); err(lambda: st(m, 0, 1)); err(lambda: st(w, 99, 1)); err(lambda: st(w, slice(None, None, 2), b'...')); err(lambda: st(w, slice(0, 1), 5)); err(lambda: w.__delitem__(0)); err(lambda: st(w, slice(0, 3), w[3:6])); err(lambda: st(w, slice(1, 6), w[0:5]))
s = w[1:3]; w.release(); print(repr(w)[:20])
for f in (lambda: w[0], lambda: len(w), lambda: w.tobytes(), lambda: w.format, lambda: w == b'', lambda: s[0], lambda: repr(w) and None, lambda: w.release(), lambda: list(w)):
    try: print(f())
    except ValueError as e: print(e)
with memoryview(b'ctx') as c: print(c[0])
try: c[0]
except ValueError as e: print(e)
x = memoryview(bytearray(4))
with x.cast('i') as y: y[0] = -1
print(x.tolist())
try: y2 = memoryview(b'ab').cast('B')
finally: print(y2[0])
