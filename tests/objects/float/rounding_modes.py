# round and format ties on floats.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[round(x, 1) for x in (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95)], [format(x, '.1f') for x in (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65)], ['%.0f' % x for x in (0.5, 1.5, 2.5, 3.5)], [round(x) for x in (-0.5, -1.5, -2.5)], round(1e300, 5), round(123.456, -3), round(5e-324, 400), round(0.1, 20), round(1.0000000000000002, 15)
""")
