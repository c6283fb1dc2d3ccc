# every slice of a short string.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
['abcd'[i:j] for i in (None, 0, 1, -1, -5, 5) for j in (None, 0, 2, -1, -5, 5)]
['abcd'[i:j:k] for i in (None, 3, -1) for j in (None, 0, -4) for k in (1, -1, 2, -2)]
'héllo'[1:3], '日本語'[::-1], 'a😀b'[1], 'a😀b'[1:], ''[:], ''[::-1], 'abc'[10:], 'abc'[:-10]
'abc'[3]
'abc'[-4]
'abc'[None]
'abc'['0']
'abc'[::0]
""")
