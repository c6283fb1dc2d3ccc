# truth tables of every operator on bools.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(a and b, a or b, a ^ b, a & b, a | b, a == b, a != b, a < b, not a) for a in (True, False) for b in (True, False)], [(a + b, a - b, a * b, a // (b or 1), a ** b, a << b) for a in (True, False) for b in (True, False)], ~0, -True, +False, abs(True)
True + 'a'
True['a']
True()
True < None
True.x
""")
