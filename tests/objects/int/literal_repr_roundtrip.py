# repr and str of ints near powers of two and ten.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[2**n for n in (30, 31, 32, 52, 53, 59, 60, 61, 62, 63, 64, 65, 127, 128)]
[-2**n - 1 for n in (30, 31, 32, 60, 61, 62, 63, 64, 127, 128)]
[10**n for n in (9, 10, 17, 18, 19, 20, 38, 39, 40)], [10**n - 1 for n in (18, 19, 20, 36, 38)]
[int(str(v)) == v for v in (2**63, -2**63, 10**50, 3**100)], eval(repr(-2**100)) == -2**100
""")
