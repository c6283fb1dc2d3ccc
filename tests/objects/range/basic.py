# range: indexing, slicing, containment, equality, attributes, errors.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class I:
    def __index__(self): return 4
show(r"""
range(5), range(1, 5), range(0, 10, 3), range(5, 0, -1), range(0), repr(range(1, 2, 1)), range(I()), range(1, I(), True)
list(range(0, 10, 3)), list(range(10, 0, -3)), list(range(3, 3)), list(range(-3, 3, 2)), len(range(0, 10, 3)), len(range(10, 0, -3)), len(range(5, 0)), len(range(10**18))
range(10)[3], range(10)[-1], range(0, 10, 3)[1:], range(10)[::2], range(10)[::-1], range(10)[2:8:3], range(10, 0, -2)[1:3], range(5)[10:], range(5)[-100:2], range(10**30)[10**29], range(0, 10**30, 7)[-1], range(10)[8:2:-2]
range(5)[5]
range(5)[-6]
range(5)['a']
range(5)[1.0]
range(5)[::0]
5 in range(10), 10 in range(10), -1 in range(10), 4 in range(0, 10, 3), 6 in range(0, 10, 3), 6.0 in range(0, 10, 3), 6.5 in range(10), 'a' in range(3), True in range(2), 10**30 in range(0, 10**31, 10), 7 in range(10, 0, -1), 0 in range(10, 0, -1)
range(3) == range(3), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(3) == [0, 1, 2], range(1) != range(2), hash(range(3)) == hash(range(0, 3, 1)), hash(range(0)) == hash(range(9, 9)), {range(2): 'x'}[range(0, 2)], range(5, 0) == range(0)
range(1, 10, 2).start, range(1, 10, 2).stop, range(1, 10, 2).step, range(5).start, range(5).step
range(10).index(5), range(0, 10, 3).index(9), range(10).count(5), range(10).count(50), range(10).count(5.0), range(10).index(5.0), range(10).count('a'), range(10, 0, -1).index(9)
range(10).index(50)
range(0, 10, 3).index(1)
range(10).index('a')
range(1.5)
range('5')
range()
range(1, 2, 3, 4)
range(1, 10, 0)
range(stop=5)
range(3) + range(3)
range(3) < range(4)
range(3).start = 1 if False else range(3)
bool(range(0)), bool(range(1)), sum(range(101)), max(range(5)), min(range(5, 0, -1)), sorted(range(3), reverse=True), list(reversed(range(5))), list(reversed(range(0, 10, 3))), reversed(range(0)).__length_hint__()
len(range(10**30))
range(10**30).__len__()
list(range(10**20, 10**20 + 2)), range(-10**30, 10**30, 10**30)[1], list(range(2**63 - 1, 2**63 + 1)), list(range(10**20, 10**20 - 3, -2))
type(iter(range(3))).__name__, type(iter(range(10**20))).__name__, iter(range(5)).__length_hint__(), range(5).__reduce__(), range(5).__contains__(3), tuple(range(3)), [*range(2)], set(range(2))
""")
def s(): range(3).start = 1
def d(): range(3)[0] = 1
for f in (s, d):
    try: f()
    except Exception as e: print(type(e).__name__, e)
try:
    class R(range): pass
except TypeError as e: print(e)
it = iter(range(5)); next(it); print(it.__reduce__()[1:], list(it)); it = iter(range(5)); it.__setstate__(3); print(list(it))
