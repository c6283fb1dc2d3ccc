# operator functions in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import operator as o
show(r"""
o.add(1, 2), o.mul('a', 3), o.itemgetter(1)([1, 2]), o.itemgetter('a', 'b')({'a': 1, 'b': 2}), o.attrgetter('real')(5), o.methodcaller('upper')('a'), o.not_(0), o.contains('abc', 'b'), o.getitem([5], 0), o.truth([]), o.is_(None, None), o.lt(1, 2), o.neg(5), o.index(3), o.concat('a', 'b'), sorted([(1, 'b'), (2, 'a')], key=o.itemgetter(1)), list(map(o.sub, [5, 6], [1, 2]))
o.add(1, 'a')
o.itemgetter(5)([])
o.attrgetter('x')(1)
o.index(1.5)
""")
