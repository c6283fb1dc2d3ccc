# indexing and slicing bytes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
b'abc'[0], b'abc'[-1], b'abc'[1:], b'abc'[::-1], b'abc'[:0], b'abc'[5:], list(b'ab'), len(b''), b'abc'[::2], bytes([b'abc'[1]]), b'a' in b'abc', 97 in b'abc', b'' in b'', b'abc'.index(b'c'), b'abc'[1:2] == b'b', max(b'abc'), sorted(b'cab')
b'abc'[3]
b'abc'['a']
'a' in b'abc'
b'a' + 'a'
b'a' < 'a'
300 in b'a'
""")
