# iter and next.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
next(iter([1])), next(iter([]), 'd'), list(iter('ab')), iter(it := iter([])) is it, next(iter({'k': 1})), list(iter(lambda c=iter([1, 2, 0, 3]): next(c), 0))
next(iter([]))
next([])
next(5)
iter(5)
iter(None)
iter(len)
iter(5, 5)
next()
next(iter([1]), 2, 3)
""")
