# combinations with and without replacement.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
show(r"""
[''.join(c) for c in it.combinations('abcd', 2)], list(it.combinations([1, 2], 0)), list(it.combinations([1], 2)), list(it.combinations(range(3), 3)), [''.join(c) for c in it.combinations_with_replacement('ab', 2)], list(it.combinations_with_replacement([], 1)), [len(list(it.combinations(range(6), k))) for k in range(7)]
it.combinations('a', -1)
it.combinations('a')
it.combinations(1, 1)
""")
