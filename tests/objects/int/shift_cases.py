# left and right shifts at word boundaries.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[1 << n for n in (0, 1, 31, 32, 60, 61, 62, 63, 64, 127, 128)]
[-1 << n for n in (0, 60, 61, 62, 63, 64)], [(2**70) >> n for n in (0, 1, 8, 69, 70, 71, 200)], [(-2**70 - 1) >> n for n in (0, 1, 69, 70, 71, 200)], [-1 >> n for n in (0, 1, 63, 64, 100)]
3 << 61, 5 << 60, -3 << 61, (2**61 - 1) << 1, (1 << 100) >> 100, 7 >> 1, -7 >> 1
1 << -1
1 >> -1
1 << 'a'
1 << 1.0
0 << 10**30, 1 >> 10**30, -1 >> 10**30
""")
