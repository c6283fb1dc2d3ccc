# chain, compress, starmap, filterfalse.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
show(r"""
list(it.chain('ab', [1], (2,))), list(it.chain()), list(it.chain.from_iterable([[1], 'a'])), list(it.compress('abcd', [1, 0, 1, 0])), list(it.compress('ab', [1])), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.filterfalse(None, [0, 1, 2])), list(it.filterfalse(lambda x: x > 1, [0, 1, 2])), sum(it.chain([1], [2]))
list(it.chain(1))
list(it.starmap(pow, [1]))
list(it.starmap(1, [(1,)]))
it.compress('a')
""")
