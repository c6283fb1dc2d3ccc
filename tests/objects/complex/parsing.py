# complex() of strings.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[complex(s) for s in ('1', '1j', '1+2j', '-1-2j', '+1', ' 1+1j ', '(1+2j)', '1.5e3+2j', 'j', '-j', '+j', '1+j', 'inf', 'nan+infj', '1_0j', '.5j', '5.j')]
complex('')
complex('1 + 2j')
complex('a')
complex('1+')
complex('1j2')
complex('()')
complex('1+2j+3j')
complex('jj')
complex('1e')
""")
