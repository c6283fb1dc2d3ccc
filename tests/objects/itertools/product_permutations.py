# product and permutations.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
show(r"""
[''.join(p) for p in it.product('ab', 'xy')], list(it.product([1, 2], repeat=2)), list(it.product()), list(it.product('a', [])), [''.join(p) for p in it.permutations('abc')], list(it.permutations([1, 2, 3], 1)), list(it.permutations('ab', 0)), list(it.permutations('a', 2)), len(list(it.permutations(range(5)))), len(list(it.product(range(3), repeat=3)))
it.permutations('ab', -1)
it.product('a', repeat=-1)
it.product(1)
""")
