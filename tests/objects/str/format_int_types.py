# format of ints by presentation types and alignment.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[format(n, 'd') for n in (0, 1, -1, 10**20)], [format(255, s) for s in 'bcdoxXn'], [format(255, '#' + s) for s in 'boxX'], [format(-255, '#' + s) for s in 'box']
[format(1234, s) for s in ('8', '<8', '^8', '=8', '+8', '08', '+08', '_', ',', '8,', '08,', '012_', '_x', '#_b')]
[format(0, s) for s in ('', 'x', '#x', '+', ' ', '05', 'e', '.1f', '%', 'c')]
format(3, '.1'), 0
format(300, 'c'), format(0x20ac, '>3c')
""")
