# startswith, endswith, removeprefix, removesuffix.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'abc'.startswith('ab'), 'abc'.startswith(('x', 'a')), 'abc'.startswith(''), 'abc'.startswith('', 3), 'abc'.startswith('', 4), 'abc'.startswith('b', 1), 'abc'.startswith('bc', 1, 2), 'abc'.startswith('c', -1), 'abc'.startswith(()), ''.startswith('')
'abc'.endswith('bc'), 'abc'.endswith(('x', 'c')), 'abc'.endswith('ab', 0, 2), 'abc'.endswith(''), 'abc'.endswith('abcd'), 'abc'.endswith('c', None, None), 'abc'.endswith('b', 0, -1)
'abcabc'.removeprefix('abc'), 'abc'.removeprefix(''), 'abc'.removeprefix('abcd'), 'abcabc'.removesuffix('bc'), ''.removesuffix('x'), 'é'.removeprefix('é')
'a'.startswith()
'a'.startswith(None)
'a'.endswith(['a'])
'a'.endswith((1,))
'a'.removeprefix(('a',))
'a'.startswith('a', 'b')
""")
