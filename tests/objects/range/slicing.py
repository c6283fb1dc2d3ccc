# slices of ranges are ranges.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[range(10)[s] for s in (slice(2), slice(2, 8), slice(None, None, 3), slice(None, None, -1), slice(8, 2, -2), slice(-3, None), slice(100), slice(5, 2))], range(0, 20, 3)[1:4], range(20, 0, -4)[1:3], range(10)[::2][::2], range(0)[:], list(range(10)[7:1:-3]), range(5)[True:], range(10)[::-1][0]
range(5)[::0]
range(5)['a':]
""")
