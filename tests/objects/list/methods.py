# append, extend, insert, remove, pop, clear, index, count, reverse, copy.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

l = [1]
show(r"""
l.append(2), l.append([3]), l.extend('ab'), l.extend(()), l.extend({9: 1}), l.insert(0, 'first'), l.insert(-1, 'pen'), l.insert(99, 'last'), l.insert(-99, 'zero'), l
l.pop(), l.pop(0), l.pop(-1), l.pop(1), l
l.remove('a'), l, l.index('b'), l.count(2), l.count('zz')
l.remove('absent')
l.index('absent')
[].pop()
[1].pop(5)
[1].pop(-5)
[1].pop('a')
[1].pop(1, 2)
[1, 2, 1, 3, 1].index(1, 1), [1, 2, 1].index(1, -1), [1, 2].index(2, 0, 99), [1, 2, 3].index(2, -99, -1), [1, 1.0, True].count(1), [[], []].count([]), [float('nan')].count(float('nan'))
[1, 2].index(1, 1)
[1, 2].index(2, 0, 1)
[1, 2].index(1, 'a')
[1, 2].index(1, None)
l.reverse(), l, l.copy() == l, l.copy() is l, l.clear(), l, [].reverse()
[1].append()
[1].append(1, 2)
[1].extend(5)
[1].extend()
[1].insert(1)
[1].insert('a', 1)
[1].insert(1.0, 1)
[1].clear(5)
[1].copy(1)
[1].count()
[1].foo()
[3, 1] .__add__([2]), [1].__mul__(2), [1].__rmul__(2), [1].__iadd__((2,)), [1].__imul__(3), [1].__eq__([1]), [1].__eq__((1,)), [1].__lt__([2]), [1].__reversed__().__next__()
[1].__add__(5)
[1].__iadd__(5)
[1].__imul__('a')
""")
x = [1, 2]; x.extend(x); print(x); x += x; print(x); x *= 2; print(len(x)); x *= 0; print(x); x *= 5; print(x)
def g():
    yield 1
    raise ValueError('mid')
y = [0]
try: y.extend(g())
except ValueError as e: print(e, y)
y = [5]
try: y += g()
except ValueError as e: print(e, y)
class E:
    def __eq__(self, o): z.clear(); return False
z = [E(), E(), E()]
print(z.count(1)); z = [E(), 2]
try: z.remove(1)
except ValueError as e: print(e)
n = [1, 2, 3]
for v in n: n.remove(v)
print(n)
