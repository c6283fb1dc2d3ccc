# The format mini-language for integers.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[format(255, s) for s in ('', 'd', 'b', 'o', 'x', 'X', 'n', 'c', '#b', '#o', '#x', '#X')]
[format(-255, s) for s in ('', 'd', 'b', 'o', 'x', '#b', '#x')]
[format(42, s) for s in ('5', '<5', '>5', '^5', '=5', '*<5', '*>5', '*^5', '*=5', '05', '+', ' ', '-', '+05', ' 05', '=+5')]
[format(-42, s) for s in ('5', '<5', '^6', '=6', '06', '0=6', '*=6', '+', ' ', '#08x', '#010b')]
[format(1234567, s) for s in (',', '_', ',d', '_d', '12,', '012,', '_b', '_x', '_o', '+,', '015_', '#_x', '010,', '011,')]
[format(n, ',') for n in (0, 1, 12, 123, 1234, -1234, 123456, 1234567, 10**20)]
[format(5, s) for s in ('e', '.2e', 'f', '.2f', 'g', '%', '.1%', 'E', 'G', 'F', '10.3f', '.0f')]
format(10**30, ','), format(10**30, 'x'), format(-10**30, '_b')[:20], format(10**30, '.3e'), format(2**64, 'o')
format(65, 'c'), format(0x1F600, 'c'), format(65, '5c'), format(65, '<5c'), format(65, '^5c'), format(0, 'c') == '\0'
format(True), format(True, 'd'), format(True, '5'), format(False, 'x'), format(True, ''), '{:d}'.format(True)
'{:{}}'.format(5, 10), '{:{}{}}'.format(5, '<', 4), '{0:>{1}}'.format(7, 3), '{:#{w}x}'.format(255, w=8)
format(5, 's')
format(5, '.2')
format(5, '.2d')
format(5, 'y')
format(5, ',s')
format(5, ',x')
format(5, ',c')
format(5, '_c')
format(5, '+c')
format(5, '#c')
format(-1, 'c')
format(0x110000, 'c')
format(5, ',_')
format(5, '_,')
format(5, 'dd')
format(5, '5 d')
format(5, '99999999999999999999')
format(5, '.99999999999999999999f')
format(5, '{<5')
format(10**400, 'f')
format(5, 5)
format(42, 'z')
format(42, 'é>6')
""")
