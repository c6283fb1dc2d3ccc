# float arithmetic results bit for bit.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[a + b for a in (0.1, 1e16, -0.5) for b in (0.2, 1.0, 1e-17)], [a * b for a in (0.1, 3.0, 1e200) for b in (0.1, 1e-200, 7.0)], [a - b for a in (0.3, 1.0) for b in (0.1, 0.9)], [a / b for a in (1.0, 10.0, 0.1) for b in (3.0, 0.1, 7.0)]
1.1 * 1.1, 1e308 * 2, 2.0 ** 0.5, 2.0 ** -1074, 2.0 ** -1075, 9.0 ** 0.5, 1e-300 * 1e-300, 0.1 + 0.7, 4.35 * 100, 1.15 * 100
5.5 // 2, -5.5 // 2, 5.5 % 2, -5.5 % 2, 5.5 % -2, 1e17 % 3, 0.3 % 0.1, 1.0 // 0.1, divmod(5.5, 1.5), divmod(-5.5, 1.5)
""")
