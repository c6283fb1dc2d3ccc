# pprint of nested data.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import pprint as p
show(r"""
p.pformat([1, 2]), p.pformat({'b': 1, 'a': [1] * 3}), p.pformat(list(range(40)), width=30), p.pformat({'k' * 10: ['v' * 20] * 3}), p.pformat('x' * 100, width=30), p.pformat((1,)), p.pformat({3, 1, 2}), p.pformat([[[[1]]]], depth=2), p.pformat({'a': 1, 'b': 2}, width=1), p.isreadable([1]), p.isrecursive([]), p.saferepr({'z': 1, 'a': 2}), p.pformat({'b': 1, 'a': 2}, sort_dicts=False), p.pformat([], width=1), p.pformat({}, indent=4), p.pformat([1, [2]], indent=4, width=5), p.pformat(b'a' * 40, width=20)
""")
