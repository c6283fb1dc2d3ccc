# set: construction, add, remove, discard, pop, update families, errors.
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

s = {3, 1, 2}
show(r"""
set(), set([]), set('a'), set((1, 2, 1)), set(range(3)), {1, 1.0, True}, len({1, 2, 2}), set({1: 2}), {0, False, 0.0}, set(set()), {(), ()}, {None}
s.add(4), s.add(4), s.discard(99), s.discard(1), s.remove(2), s, len(s), 3 in s, 99 in s, s.copy() == s, s.copy() is s
s.remove(99)
s.remove('x')
s.remove((1, 2))
set().pop()
{5}.pop(), {5}.clear(), set().union(), set().intersection()
s.add()
s.add(1, 2)
set(5)
set(1, 2)
set(x=1)
s.update([1], (2,), 'a' and {7}, range(2)), sorted(s), s.update(), s.intersection_update({1, 2, 3, 7}), sorted(s), s.difference_update([1], [2]), sorted(s), s.symmetric_difference_update({3, 100}), sorted(s)
s.update(5)
s.intersection_update(5)
s.symmetric_difference_update()
sorted({1, 2}.union([3], (4,))), sorted({1, 2, 3}.intersection([2, 3], {3})), sorted({1, 2, 3}.difference([1], [2])), sorted({1, 2}.symmetric_difference([2, 3])), {1, 2}.isdisjoint([3]), {1}.isdisjoint([1]), {1}.issubset([1, 2]), {1, 2}.issuperset([1]), set().issubset([]), {1}.union('') == {1}
{1}.union(5)
{1}.isdisjoint(5)
{1}.issubset(5)
{1}.symmetric_difference()
hash(s)
s[0]
s + s
{1} == {1.0}, {1} == frozenset([1]), {1} == [1], {1} != {2}, set() == set(), bool(set()), bool({0})
repr(set()), repr({1}), repr(frozenset()), repr(frozenset([1])), str({'a'}), repr({(1, 2)}), repr({frozenset([1])})
{1, 2}.__contains__(1), {1}.__len__(), {1}.__and__([1]), {1}.__or__({2}), {1}.__eq__([1]), {frozenset([1]): 5}[frozenset([1])], {1}.__class__
set([1, 2]).__reduce__()[1]
""")
print({1} in {frozenset([1])}, {frozenset([1])} - {frozenset([1])}, [x for x in {5}], {frozenset({1, 2})}.__len__()); z = {frozenset([1])}; z.discard({1}); print(z); z = {frozenset([1])}; z.remove({1}); print(z)
