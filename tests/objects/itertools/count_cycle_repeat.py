# count, cycle and repeat.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
def take(i, n=4): return [x for x, _ in zip(i, range(n))]
show(r"""
take(it.count()), take(it.count(5)), take(it.count(1, 3)), take(it.count(0.5, 0.25)), take(it.count(2**62 - 1)), take(it.count(-1, -1)), take(it.cycle('ab')), take(it.cycle([])), take(it.repeat(7)), list(it.repeat('x', 2)), list(it.repeat(1, 0)), repr(it.count(3)), repr(it.count(1, 2)), repr(it.repeat(1, 2)), repr(it.repeat('a')), next(it.count(10**20))
it.count('a')
it.cycle(1)
it.repeat()
it.repeat(1, 'a')
""")
