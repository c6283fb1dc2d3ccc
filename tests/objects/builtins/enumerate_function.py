# enumerate start values and types.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(enumerate([])), list(enumerate('ab')), list(enumerate('ab', 10)), list(enumerate('ab', start=-5)), list(enumerate({'k': 1})), list(enumerate((x for x in 'z'))), next(enumerate('q')), dict(enumerate('xy')), list(enumerate('a', 2**64))
enumerate(1)
enumerate('a', 1.0)
enumerate('a', None)
type(enumerate([])), iter(enumerate([])) is not None, [i + len(s) for i, s in enumerate(['a', 'bb'])]
""")
