# isidentifier and keyword.iskeyword.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import keyword
show(r"""
[(s, s.isidentifier()) for s in ('a', 'a1', '1a', '_', '', 'a b', 'é', 'a-b', 'class', 'None', '变量', 'x\u0301', '\u0301x', 'ªº', '℘', '·', 'a·', '𝐱', 'a\u200d')]
[keyword.iskeyword(s) for s in ('if', 'match', 'None', 'print', 'async', 'type', '', 'IF')], keyword.softkwlist, len(keyword.kwlist)
""")
