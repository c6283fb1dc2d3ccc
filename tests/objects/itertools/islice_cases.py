# islice bounds.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
show(r"""
[list(it.islice(range(10), *a)) for a in ((3,), (2, 5), (0, 10, 3), (None,), (2, None), (5, 2), (0,), (1, 20, 4), (8, None, 1))]
it.islice([], -1)
it.islice([], 1, 2, 0)
it.islice([], 'a')
it.islice([])
(lambda i: (list(it.islice(i, 2)), list(i)))(iter(range(5))), (lambda i: (list(it.islice(i, 1, 4, 2)), next(i)))(iter(range(9)))
""")
