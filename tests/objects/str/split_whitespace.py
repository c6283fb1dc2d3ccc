# split on runs of whitespace.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'  a  b  '.split(), 'a'.split(), ''.split(), '\t\n '.split(), 'a\u00a0b'.split(), 'a\u200bb'.split(), 'a\x1cb\x1db\x1eb\x1fb'.split(), 'a\x85b'.split(), 'a\u3000b\u2028c'.split()
[' a b  c '.split(None, n) for n in (-1, 0, 1, 2, 3)]
[' a b  c '.rsplit(None, n) for n in (-1, 0, 1, 2, 3)]
'one two'.split(' '), ' '.split(' '), 'a  b'.split(' ')
""")
