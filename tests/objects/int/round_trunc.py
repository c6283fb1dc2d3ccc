# round with negative digits, trunc, floor, ceil on ints.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import math
show(r"""
[round(n, -1) for n in (5, 15, 25, -5, -15, 14, 16, 0)], [round(12345, d) for d in (-6, -5, -4, -3, -2, -1, 0, 1)], round(10**20 + 5, -1), round(5, None), round(-2**63, -3)
math.trunc(5), math.floor(-5), math.ceil(10**20), (7).__round__(), (7).__trunc__()
round(5, 1.5)
round(5, 'a')
round(5, 10**10), round(5, -10**5)
""")
