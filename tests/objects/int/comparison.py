# comparing ints of every size.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(a < b, a == b) for a in (0, -1, 2**62, 2**64, -2**70) for b in (0, 1, 2**62, 2**64, -2**70)]
2**62 == 2**62 + 0, 2**62 < 2**62 + 1, -2**62 > -2**62 - 1, 10**20 == 10**20, 10**20 is not None, 3 == 3.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 10**400 > 1e308
1 < '1'
1 >= None
sorted([5, -2**65, 0, 2**65, 3]), max(-1, 2**100), min(2**63, -2**63)
""")
