# in for strings.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'a' in 'abc', '' in '', 'abc' in 'abc', 'abcd' in 'abc', 'bc' in 'abc', 'é' in 'é', '\0' in 'a\0', 'ac' in 'abc', 'A' in 'a', '日' in '日本', '😀' in 'x😀', 'a' not in 'b'
1 in 'a'
None in 'a'
b'a' in 'a'
['a'] in 'a'
""")
