# slice.indices for many shapes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[slice(a, b, c).indices(5) for a in (None, 1, -1, 9) for b in (None, 3, -2) for c in (1, -1, 2)]
slice(None).indices(0), slice(2, 4).indices(10**20), slice(-10**20, 10**20).indices(3)
slice(1).indices(-5)
slice(1, 2, 0).indices(3)
slice('a').indices(3)
slice(1).indices(1.5)
slice(1).indices()
""")
