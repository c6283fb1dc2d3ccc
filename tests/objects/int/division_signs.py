# floor division and modulo by sign and size.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(a // b, a % b) for a in (7, -7, 6, -6, 0) for b in (2, -2, 7, -7)]
[(a // b, a % b) for a in (10**20, -10**20, 10**20 + 1) for b in (3, -3, 10**10, -10**10, 10**20)]
[a / b for a, b in ((1, 3), (-1, 3), (10**20, 10**10), (2**70, 2**69), (1, 10**300), (0, -5))]
5 // 0
5 % 0
5 / 0
divmod(5, 0)
10**20 // 0
10**20 % 0
10**400 / 1
7 // 2.0, 7 % 2.5, 7 // True
""")
