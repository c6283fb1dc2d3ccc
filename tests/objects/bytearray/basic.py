# bytearray items and growth.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

a = bytearray(b'abc')
show(r"""
a.append(100), a.extend(b'ef'), a.insert(0, 64), a, a.pop(), a.pop(0), a.remove(99), a, a[0], a[1:3], a.reverse(), a, a.copy(), a.clear(), a, bytearray(2), bytearray(b'x') + b'y', bytearray(b'ab') * 2, bytearray(b'a') == b'a', len(bytearray(5)), b'b' in bytearray(b'abc'), bytearray(b'abc').find(b'c'), bytearray(b'ABC').lower(), bytes(bytearray(b'z')), bytearray(b'a,b').split(b',')
a.append(256)
a.append('a')
a.pop()
a.remove(1)
a.extend('x')
hash(a)
bytearray('a')
a.insert(0, -1)
""")
