# accumulate, pairwise, zip_longest, groupby, tee.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import itertools as it
show(r"""
list(it.accumulate([1, 2, 3])), list(it.accumulate([2, 3], lambda a, b: a * b)), list(it.accumulate([], initial=1)), list(it.accumulate('ab')), list(it.pairwise('abc')), list(it.pairwise('a')), list(it.zip_longest('ab', 'c')), list(it.zip_longest('a', 'bc', fillvalue=0)), [(k, list(g)) for k, g in it.groupby('aabc')], [(k, len(list(g))) for k, g in it.groupby([1, 3, 2], lambda x: x % 2)]
(lambda t: (list(t[0]), list(t[1])))(it.tee([1, 2])), len(it.tee([], 3))
list(it.accumulate([1, 'a']))
it.groupby(1)
it.tee(1)
it.tee([], -1)
""")
