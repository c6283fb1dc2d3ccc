# strip, lstrip, rstrip with character sets.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
' \t\n a b \r\n'.strip(), 'xxabcxx'.strip('x'), 'abcabc'.strip('cba'), 'mississippi'.strip('ipz'), 'éaé'.strip('é'), 'a'.strip('abc'), '...a...'.lstrip('.'), '...a...'.rstrip('.'), 'a b'.strip(' a'), '\u3000x\u2003'.strip(), 'x'.strip(''), ''.strip('x'), 'ab😀'.rstrip('😀b')
'a'.strip(1)
'a'.strip('a', 'b')
'a'.lstrip(None), 'a'.rstrip(None)
""")
