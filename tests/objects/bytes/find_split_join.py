# find, split, join, replace, strip on bytes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
b'abcabc'.find(b'c'), b'abcabc'.rfind(b'c'), b'abc'.find(b'z'), b'abc'.find(98), b'a,b'.split(b','), b' a b '.split(), b'a,b,c'.rsplit(b',', 1), b'-'.join([b'a', b'b']), b''.join([]), b'aXa'.replace(b'X', b''), b' a '.strip(), b'xax'.strip(b'x'), b'a-b'.partition(b'-'), b'abc'.startswith(b'ab'), b'abc'.endswith((b'x', b'c')), b'a\nb'.splitlines(), b'aaa'.count(b'a')
b'a'.split(',')
b','.join(['a'])
b'a'.replace('a', b'b')
b'a'.strip('a')
b'a'.startswith('a')
b'a'.index(b'b')
""")
