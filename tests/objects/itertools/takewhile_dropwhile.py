# takewhile and dropwhile.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
show(r"""
list(it.takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(it.dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(it.takewhile(bool, [])), list(it.dropwhile(bool, [1, 1])), list(it.takewhile(lambda x: True, 'ab')), list(it.dropwhile(lambda x: False, 'ab'))
(lambda i: (list(it.takewhile(lambda x: x < 2, i)), list(i)))(iter([1, 2, 3]))
list(it.takewhile(1, [1]))
it.takewhile(len)
list(it.takewhile(lambda x: 1 / x, [1, 0]))
""")
