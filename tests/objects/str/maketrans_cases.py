# maketrans and translate.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'abc'.translate({97: 'x', 98: None, 99: 0x20ac}), 'abc'.translate(str.maketrans('ab', 'xy')), 'abc'.translate(str.maketrans('', '', 'b')), 'abc'.translate(str.maketrans({'a': 'long', 'b': None})), str.maketrans('a', 'b'), str.maketrans('a', 'b', 'c'), 'é日'.translate({233: 'e'}), ''.translate({})
str.maketrans('a', 'bb')
str.maketrans(1)
'a'.translate(1)
'a'.translate({97: 1.5})
""")
