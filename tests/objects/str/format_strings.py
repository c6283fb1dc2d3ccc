# format() of strings: width, fill, precision.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[format('abc', s) for s in ('', 's', '5', '<5', '>5', '^5', '^6', '.2', '5.2', '*^9', '*>5.1s', '05', '<05', '.0', '3', '2')]
format('é', '日>3'), format('日', '3') + '|', format('', '3') + '|', format('abc', '>>5'), format('abc', '}<5'), format('a', '^^3')
format('a', 'd')
format('a', '+5')
format('a', '=5')
format('a', ',')
format('a', '#5')
format('a', '.')
format('a', '5x')
format('a', '-')
format('a', ' ')
format('a', '.2.3')
format('a', 'z5')
format('a', '0=5')
""")
