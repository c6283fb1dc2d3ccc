# range construction and listing.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(range(3)), list(range(1, 4)), list(range(0, 10, 4)), list(range(5, 0, -2)), list(range(0)), list(range(-3)), list(range(3, 1)), range(5)[2], range(5)[-1], range(10)[2:5], len(range(7)), 3 in range(5), 5 in range(5), range(3) == range(3), repr(range(1, 5, 2)), sum(range(10)), list(reversed(range(3))), tuple(range(True))
range()
range(1, 2, 0)
range('a')
range(1.0)
range(None)
range(3)[3]
range(1, 2, 3, 4)
""")
