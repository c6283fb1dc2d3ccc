# division and modulo of big ints checked by identity.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(a // b * b + a % b == a, 0 <= abs(a % b) < abs(b)) for a in (10**40, -10**40, 2**130 + 1) for b in (7, -7, 10**20, -2**65, 3**50)], 10**40 // 10**39, 10**40 % 7, -10**40 // 7, (2**200) // (2**100), (2**200 + 5) % (2**100), divmod(3**100, 3**50), divmod(-3**100, 3**49 + 1)
""")
