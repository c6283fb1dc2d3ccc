# List, set and dict comprehensions with conditions and nesting.
print([x for x in range(5)], [x * y for x in range(3) for y in range(3)], [x for x in range(10) if x % 2 if x > 3])
print({x % 3 for x in range(10)}, {x: x ** 2 for x in range(4)}, {k: v for k, v in zip('abc', range(3)) if v})
print([[j for j in range(i)] for i in range(4)], [(i, j) for i in range(4) for j in range(i) if i + j == 3])
print([a + b for a, b in [(1, 2), (3, 4)]], [c for a, *c in ['xyz', (1, 2)]], [x for x, in [(1,), (2,)]])
print([x if x % 2 else -x for x in range(5)], [x or 'z' for x in (0, 1)], [not x for x in (0, 1)])
m = [[1, 2, 3], [4, 5, 6]]
print([[r[i] for r in m] for i in range(3)], [y for r in m for y in r], {y: {z for z in r} for r in m for y in r if y > 4})
x = 'outer'
print([x for x in 'ab'], x)
print([(lambda: x)() for x in range(3)], [f() for f in [lambda: y for y in range(3)]])
print({1: 'a', **{k: str(k) for k in range(2, 4)}}, [*(i for i in 'ab')], sum(i for i in range(5)), dict((k, 1) for k in 'ab'))
print([i for i in range(3)][-1], len([1 for _ in range(5)]), [[]for _ in'ab'], [None for x in [1] if (y2 := x)], y2)
def f(n): return [i * n for i in range(3)]
print(f(10), [f(k) for k in range(2)])
class C:
    vals = [1, 2]
    sq = [v ** 2 for v in vals]
    try: cross = [v * len(vals) for v in vals]
    except NameError as e: cross = str(e)
print(C.sq, C.cross)
print({k: v for d in [{'a': 1}, {'b': 2}] for k, v in d.items()}, {v: k for k, v in {'a': 1, 'b': 1}.items()})
print([a for a in [b for b in [c for c in range(3)]]], [x for x in [1, 2, 3] if x in [y for y in [2, 3]]])
l = [x for x in [1]]; l.append([q for q in l]); print(l)
try: [1 / i for i in (1, 0)]
except ZeroDivisionError: print("zero")
try: [i for i in 5]
except TypeError as e: print(e)
print([x for x in 'é€😀'], [i for i in range(3) for i in range(i)])
