# pow with two and three arguments.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
pow(2, 10), pow(2, -1), pow(2.5, 2), pow(-2, 3), pow(0, 0), pow(2, 10, 1000), pow(3, -1, 7), pow(-3, 5, 7), pow(5, 0, 1), pow(2, 100), pow(10, 20, 7), pow(4, 0.5), pow(-8, 1/3).real, pow(1j, 2), pow(True, 5), pow(2, 3, -5)
pow(2, 3, 0)
pow(2, -1, 4)
pow(2.0, 2, 3)
pow(2, 2.0, 3)
pow('a', 2)
pow(1)
""")
