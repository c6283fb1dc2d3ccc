# textwrap in small cases.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import textwrap as t
show(r"""
t.wrap('aaa bbb ccc ddd', 7), t.fill('one two three', 8), t.dedent('  a\n  b'), t.indent('a\nb', '- '), t.shorten('hello wonderful world', 12), t.dedent('\n    x\n      y\n'), t.wrap('abcdefghij', 3), t.wrap(''), t.wrap('a-long-hyphenated-word', 8), t.fill('x', 1), t.TextWrapper(width=5).wrap('a b c d e f')
t.wrap('a', -1)
""")
