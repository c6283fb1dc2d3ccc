# in, index and count for ranges.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[x in range(0, 10, 2) for x in (-2, 0, 1, 2, 8, 10, 2.0, 2.5, '2', None, True)], [x in range(10, 0, -3) for x in (10, 7, 6, 1, 0)], range(0, 10, 2).index(4), range(10, 0, -3).index(1), range(5).count(3), range(5).count(9), range(5).count('a'), 10**20 in range(10**21), 3 in range(0), range(5).index(2.0)
range(5).index('a')
range(0, 10, 2).index(3) if False else 0
""")
