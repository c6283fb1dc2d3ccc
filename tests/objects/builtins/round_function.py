# round to even and to digits.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[round(x) for x in (0.5, 1.5, 2.5, 3.5, -0.5, -1.5, 2.51, 1e20)], [round(2.345, n) for n in (0, 1, 2, 3)], [round(1234.5, n) for n in (-1, -2, -3, -4)], [round(n, -1) for n in (4, 5, 6, 15, 25)], round(5), round(True), round(1.0), round(7, 2), round(1.5, None)
round('a')
round(1.5, 'a')
round()
round(None)
round(1j)
type(round(1.5)), type(round(1.5, 0)), type(round(5, 1))
""")
