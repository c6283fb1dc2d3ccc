# The format mini-language for floats.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[format(3.14159, s) for s in ('', 'e', 'f', 'g', 'n', '%', 'E', 'F', 'G', '.2', '.2e', '.2f', '.2g', '.2%', '.0f', '.0e', '.0g', '.10', '.20g')]
[format(1234567.891, s) for s in ('', 'e', 'f', 'g', '%', ',', '_', ',.2f', '_.3f', '.3', '.10', ',g', '015,.1f', '.1', ',.3e')]
[format(x, '') for x in (0.0, -0.0, 1e16, 1e-5, 1.5, 100.0, 1e300)], [format(x, 'g') for x in (0.0, -0.0, 1e16, 1e-5, 1.5, 100.0, 1e5, 1e6, 123456789.0, 0.0001)]
[format(x, '#g') for x in (1.0, 1e10, 0.5)], [format(1.0, s) for s in ('#.0f', '#.0e', '#', '#.3', '#.0g')]
[format(-1.5, s) for s in ('8', '<8', '^8', '=8', '08', '+', ' ', '*^9', '0=8', '+.1f', '08.2f')], [format(1.5, s) for s in ('+', ' ', '-', '+8', ' 08', '<+8')]
[format(float('inf'), s) for s in ('', 'f', 'F', 'e', 'E', 'g', 'G', '%', '8', '08', '+', '<8', ',')], [format(float('nan'), s) for s in ('', 'F', '6', '06', '+', '%')], format(-float('inf'), '08')
[format(x, '.1f') for x in (0.05, 0.15, 0.25, 0.35, 0.45, 2.5, -0.05, 1e20)], [format(x, '.0f') for x in (0.5, 1.5, 2.5, 3.5, -0.5)]
[format(x, 'z.1f') for x in (-0.01, 0.01, -0.06, -1.0, -0.0)], format(-0.0, 'z'), format(-1e-10, 'z.3e'), format(-0.001, 'z.2%'), format(-0.0, '+z.0f')
[format(0.1, '.%de' % n) for n in (1, 5, 16, 17, 20, 30)], format(0.1, '.55f'), format(1e22, 'f'), format(1e300, '.0f')[:20], format(5e-324, '.3e'), format(2.5e-324, 'e')
[format(1e5 * 10**k, '.3g') for k in range(-10, 5)], [format(9.9999, '.%dg' % k) for k in range(1, 6)], [format(99999.5, s) for s in ('.5g', '.6g', 'g', '.0f')]
'%e %E %f %F %g %G' % ((1234.5678,) * 6), '%.0f %.1f %10.2f|%-10.2f|%+.2f|% .2f|%010.2f' % ((3.14159,) * 7), '%#.0f %#g %s %r' % (1.0, 1.0, 1e16, 1e-7)
'%f %e %g %F %G' % ((float('inf'),) * 5), '%5.1f|%05.1f|%f' % (float('nan'), float('-inf'), float('nan')), '%.3f' % 2, '%g' % 10**20, '%.*f' % (2, 3.14159), '%*.*f|' % (8, 2, 3.14159)
format(1.5, 's')
format(1.5, 'd')
format(1.5, 'x')
format(1.5, 'c')
format(1.5, ',n')
format(1.5, '.f')
format(1.5, '.-1f')
format(1.5, 'q')
'%d' % 1.9, '%i' % -1.9, '%c' % 65
'%x' % 1.5
'%d' % float('nan')
'%d' % float('inf')
'%f' % 'a'
'%f' % 1j
format(1.5, '_,')
format(123.456, '.3'), format(100.0, '.3'), format(1e10, '.3'), format(1.0, '.1'), format(0.0001, '.1'), format(0.00001, '.1'), format(123456.0, '.6'), format(1234567.0, '.6')
""")
