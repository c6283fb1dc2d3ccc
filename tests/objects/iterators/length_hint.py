# __length_hint__ of the builtin iterators.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import operator
def lh(it):
    out = [operator.length_hint(it, -1)]
    next(it, None)
    return out + [operator.length_hint(it, -1)]
show(r"""
lh(iter([1, 2])), lh(iter((1, 2))), lh(iter('ab')), lh(iter({1: 2})), lh(iter({1, 2})), lh(iter(range(5))), lh(reversed([1, 2])), lh(iter(b'ab')), lh(x for x in 'a'), lh(map(str, [1])), lh(iter({1: 2}.items())), lh(iter(range(10**30)))
""")
