# splitlines over every line boundary.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[('a' + c + 'b').splitlines() for c in '\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x1f\t ']
'a\r\nb\n\rc'.splitlines(), 'a\r\nb\n\rc'.splitlines(True), '\n'.splitlines(True), ''.splitlines(True), 'x'.splitlines(True), '\r\n\r\n'.splitlines(), 'a\n\n'.splitlines()
'a\nb'.splitlines(keepends=False), 'a\nb'.splitlines(0), 'a\nb'.splitlines('yes')
'a'.splitlines(1, 2)
""")
