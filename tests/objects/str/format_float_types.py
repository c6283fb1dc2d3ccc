# format of floats by presentation types.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[format(x, '.2f') for x in (0, 1.005, 2.5, -0.001, 1e10, 123.456)], [format(x, '.3g') for x in (0.0001, 0.00001234, 123456, 0.1, 1e100)], [format(x, '.2e') for x in (0, 1, 12345.678, 1e-10)], [format(x, '%') for x in (0.5, 1, 0.12345)]
[format(1.5, s) for s in ('10', '<10', '^10', '=+10', '010', '+', ' ', '.0f', '#.0f', ',.2f', '10.1f', '<+8.2e')]
[format(x, '') for x in (1e15, 1e16, 1e17, 0.0001, 0.00001, 123456789.123)], [format(x, 'n') for x in (1.5, 1e10, 1234567.0)], [format(1e6, s) for s in ('g', '.1g', '.7g', '#g', 'G', ',', '_')]
""")
