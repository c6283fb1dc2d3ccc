# comparisons of floats with ints, bools, nan and inf.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(a < b, a == b) for a in (0.0, 1.5, float('inf')) for b in (0, 1, True, 2**100, float('nan'))], float('nan') != float('nan'), 0.0 == -0.0, 1.0 == True, 1e16 == 10**16, 0.1 + 0.2 == 0.3, 2.0**53 == 2**53 + 1, max(1.0, 1), min(0, -0.0), sorted([2, 1.5, True, -1.0])
1.0 < 'a'
1.0 < None
1.0 < 1j
""")
