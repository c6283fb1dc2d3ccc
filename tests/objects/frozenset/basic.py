# frozenset: hashing, identity, methods and immutability.
def plain(v):
    # A set's order is the implementation's own, so sets are shown sorted.
    if isinstance(v, (set, frozenset)):
        shown = '{' + ', '.join(sorted(map(plain, v))) + '}' if v else ''
        return shown if type(v) is set and v else f'{type(v).__name__}({shown})'
    if type(v) is tuple:
        return '(' + ', '.join(map(plain, v)) + (',)' if len(v) == 1 else ')')
    return repr(v)

def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", plain(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

f = frozenset([1, 2])
show(r"""
frozenset(), frozenset([]) == frozenset(), frozenset(f) is f, f.copy() is f, frozenset('aa'), frozenset({1: 2}), len(f), 1 in f, list(frozenset([7]))
hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash(frozenset()) == hash(frozenset()), hash(f) == hash(frozenset({1, 2})), {f: 'v'}[frozenset([2, 1])], {frozenset([1]), frozenset([1])}
f | {3}, f & [1] if False else f & {1}, f - {1}, f ^ {2, 3}, f.union([5]), f.intersection([1]), f.difference([1]), f.symmetric_difference([1, 9]), f.issubset({1, 2, 3}), f.issuperset([1]), f.isdisjoint([5])
f == {1, 2}, f < {1, 2, 3}, f <= f, f != f, f > set()
f.add(1)
f.remove(1)
f.update([1])
f.pop()
f.clear
frozenset(5)
frozenset(1, 2)
frozenset(x=1)
hash(frozenset([[]])) if False else 'x'
f[0]
f.__reduce__()[0], f.__hash__() == hash(f), f.__class__, frozenset[int], frozenset.__mro__
str(f), repr(frozenset([frozenset()])), f'{f}'
""")
fs = {frozenset(p) for p in ((1, 2), (2, 1), (3,))}; print(len(fs), frozenset([3]) in fs, {3} in fs)
def powerset(s):
    r = {frozenset()}
    for x in s: r |= {p | {x} for p in r}
    return r
ps = powerset([1, 2, 3]); print(len(ps), sorted(map(sorted, ps)))
