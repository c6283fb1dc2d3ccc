# zfill and expandtabs.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[s.zfill(5) for s in ('', '1', '-1', '+1', '--1', 'abc', '123456', '- 1', '١')]
['\t'.expandtabs(n) for n in (-1, 0, 1, 4, 8)]
'a\tbc\tdef\tg'.expandtabs(4), 'a\n\tb\r\tc'.expandtabs(3), 'é\tx'.expandtabs(), 'no tabs'.expandtabs(), '\t\t'.expandtabs(2)
'a'.zfill('x')
'a'.expandtabs(2**31)
'a\tb'.expandtabs(tabsize=True)
""")
