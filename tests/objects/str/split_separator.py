# split with a separator.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'a,b,c'.split(','), 'a,b,c,'.split(','), ',a'.split(','), ',,'.split(','), ''.split(','), 'abc'.split('b'), 'abc'.split('abc'), 'abc'.split('abcd')
['a,b,c,d'.split(',', n) for n in (-2, -1, 0, 1, 2, 9)]
['a,b,c,d'.rsplit(',', n) for n in (-1, 0, 1, 2, 9)]
'a--b---c'.split('--'), 'a--b---c'.rsplit('--'), 'aaaa'.split('aa'), 'aaaa'.rsplit('aa', 1), 'xéyéz'.split('é'), '1😀2'.split('😀')
'a b'.split(sep=' ', maxsplit=0), 'a'.split(sep=None), 'abc'.split('')
'a'.split(1)
'a'.split(',', None)
""")
