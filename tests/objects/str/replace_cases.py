# replace with counts, empty patterns and width changes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
['aaaa'.replace('a', 'b', n) for n in range(-1, 6)]
['abc'.replace('', '-', n) for n in range(-1, 6)]
'abc'.replace('b', ''), 'abc'.replace('', ''), ''.replace('', 'x'), ''.replace('', 'x', 0), ''.replace('x', 'y'), 'abab'.replace('ab', 'abab'), 'aXbX'.replace('X', '日'), '日a日'.replace('日', ''), 'a' .replace('a', 'a'), 'é'.replace('é', 'e'), 'x' * 5 .__index__()
'aaa'.replace('aa', 'a'), 'hello'.replace('l', 'LL'), 'a.b.c'.replace('.', '\\.'), 'ab'.replace('ba', 'x')
'a'.replace(1, 'b')
'a'.replace('a', None)
'a'.replace('a', 'b', '1')
""")
