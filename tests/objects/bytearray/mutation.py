# bytearray: item and slice assignment, append, extend, insert, pop, remove, resize.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

a = bytearray(b'hello')
show(r"""
a, a[0], a[1:3], a.append(33), a, a.extend(b'xy'), a.extend([65, 66]), a.extend(range(3)), a, a.insert(0, 42), a.pop(), a.pop(0), a.remove(33), a, a.reverse(), a, a.copy() == a, a.clear(), a
bytearray(), bytearray(3), bytearray(b'ab'), bytearray([1, 2]), bytearray('é', 'utf8'), bytearray(bytearray(b'q')), bytearray(x for x in b'ab'), bytearray.fromhex('ff 00'), bytearray(source=b's')
bytearray('a')
bytearray(-1)
bytearray([256])
bytearray(1.5)
a.append(256)
a.append('a')
a.append(b'a')
a.extend('abc')
a.extend(5)
a.extend([1, 256])
a.insert(0, 300)
a.insert('a', 1)
bytearray().pop()
bytearray(b'a').pop(5)
bytearray(b'a').remove(98)
bytearray(b'a').remove(b'a')
bytearray(b'a').remove(300)
hash(bytearray())
bytearray(b'a') + b'b', bytearray(b'a') * 3, 2 * bytearray(b'a'), b'a' + bytearray(b'b'), bytearray(b'ab') == b'ab', bytearray(b'a') < b'b', bytearray(b'x') in [b'x'], b'b' in bytearray(b'abc'), 98 in bytearray(b'abc')
bytearray(b'a') + 'b'
bytearray(b'a') + 5
repr(bytearray(b"it's")), str(bytearray(b'\xff')), bytearray(b'abc').upper(), type(bytearray(b'abc').upper()).__name__, bytearray(b'a,b').split(b','), bytearray(b'-').join([b'a', b'b']), bytearray(b'abc').decode(), bytearray(b'ab').hex(), bytearray(b'x').__alloc__() > 0
""")
def err(f, *x):
    try: f(*x); print(b)
    except Exception as e: print(type(e).__name__, e)
b = bytearray(range(65, 75))
def st(i, v): b[i] = v
def dl(i): del b[i]
st(0, 97); st(-1, 122); st(slice(1, 3), b'XYZ'); print(b); st(slice(None, None, 2), b'......'[:len(b[::2])]); print(b); st(slice(1, 1), [48, 49]); st(slice(0, 0), bytearray(b'<<')); dl(0); dl(slice(-2, None)); dl(slice(None, None, 3)); print(b)
err(st, 0, 256); err(st, 0, 'a'); err(st, 99, 1); err(st, 'a', 1); err(st, slice(0, 2), 'ab'); err(st, slice(None, None, 2), b'x'); err(st, slice(0, 1), 5); err(st, slice(0, 2), [1, 300]); err(dl, 99); err(dl, 'a'); err(st, slice(0, 1), [b'a']); err(st, slice(0, 2), b)
c = d = bytearray(b'ab'); c += b'c'; c *= 2; print(d, c is d); c[:] = b''; print(d); c += bytes([1, 2]); print(c)
m = memoryview(d)
for f in (lambda: d.append(1), lambda: d.clear(), lambda: d.pop(), lambda: d.extend(b'x'), lambda: d.__delitem__(0)):
    try: f()
    except BufferError as e: print(e)
d[0] = 9; m.release(); d.append(5); print(d)
class BA(bytearray): pass
x = BA(b'q'); x.attr = 1; print(x, type(x + b'').__name__, x.copy(), type(x.copy()).__name__)
