# strip family, removeprefix/suffix, replace, expandtabs, zfill, justification.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'  a '.strip(), '  a '.lstrip(), '  a '.rstrip(), 'xxaxx'.strip('x'), 'xyaxy'.strip('yx'), 'xyaxy'.lstrip('xy'), 'xyaxy'.rstrip('x'), 'aaa'.strip('a'), ''.strip(), '\t\n\x0b\x0c\r\x1c\x85\xa0a\u2003'.strip(), 'a'.strip(''), ' a '.strip(None), 'éaé'.strip('é'), '😀a😀'.strip('😀')
'prefix-x'.removeprefix('prefix-'), 'x'.removeprefix('y'), 'aa'.removeprefix('a'), ''.removeprefix('a'), 'a'.removeprefix(''), 'x.txt'.removesuffix('.txt'), 'x'.removesuffix('xx'), 'aa'.removesuffix('a'), 'a'.removesuffix('')
'aXbX'.replace('X', '-'), 'aXbX'.replace('X', '-', 1), 'aXbX'.replace('X', '', -1), 'abc'.replace('', '-'), 'abc'.replace('', '-', 2), ''.replace('', 'x'), ''.replace('a', 'b'), 'aaa'.replace('aa', 'b'), 'aaaa'.replace('aa', 'a'), 'abc'.replace('abc', ''), 'a'.replace('a', 'é'), 'é'.replace('é', '😀'), '😀x'.replace('😀', 'y'), 'aba'.replace('a', 'a'), 'abc'.replace('b', 'X', 0), ''.replace('', 'x', 0)
'abab'.replace('b', 'Z', count=1)
'a\tb'.expandtabs(), 'a\tb'.expandtabs(4), '\t'.expandtabs(0), 'ab\tc\td'.expandtabs(3), 'a\n\tb'.expandtabs(4), 'a\r\tb'.expandtabs(2), 'abc\t'.expandtabs(-1), 'x\ty'.expandtabs(tabsize=2), '日\tx'.expandtabs(4)
'5'.zfill(3), '-5'.zfill(4), '+5'.zfill(4), ''.zfill(2), 'abc'.zfill(2), '--5'.zfill(5), 'é'.zfill(3), '5'.zfill(-1), '-'.zfill(3)
'a'.ljust(3), 'a'.rjust(3), 'a'.center(4), 'a'.center(3), 'ab'.center(5), 'abc'.center(2), 'a'.ljust(3, '*'), 'a'.rjust(4, 'é'), 'a'.center(6, '😀'), ''.center(3, '-'), 'ab'.center(3, '-'), 'ab'.center(4, '-'), 'abc'.center(6, '-'), 'a'.ljust(-5)
'a'.ljust(3, 'xx')
'a'.center(3, '')
'a'.rjust(3, 5)
'a'.ljust('a')
'a'.strip(5)
'a'.removeprefix(5)
'a'.replace('a')
'a'.replace('a', 5)
'a'.replace('a', 'b', 'c')
'a'.zfill()
'a'.expandtabs('x')
'a'.ljust(2.0)
""")
