# groupby, accumulate, zip_longest, tee, pairwise, batched.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import itertools as it, operator
print([(k, list(g)) for k, g in it.groupby('aabbba')], [(k, list(g)) for k, g in it.groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], [(k, list(g)) for k, g in it.groupby([])], [k for k, g in it.groupby('abA', key=str.lower)], [(k, next(g)) for k, g in it.groupby([1, 1, 2])])
g = it.groupby('aab'); k, first = next(g); k2, second = next(g); print(list(first), list(second)); err(it.groupby, 5); err(list, it.groupby([1], 5)); err(it.groupby); g = it.groupby([1, 1.0, True, 2]); print([(k, len(list(v))) for k, v in g])
print(list(it.accumulate([1, 2, 3])), list(it.accumulate([3, 1, 2], max)), list(it.accumulate([1, 2], initial=10)), list(it.accumulate([])), list(it.accumulate([], initial=5)), list(it.accumulate('abc')), list(it.accumulate([1, 2, 3], operator.mul)), list(it.accumulate([1, 2, 3], func=lambda a, b: a - b, initial=100)), list(it.accumulate([[1], [2]])))
err(list, it.accumulate([1, 'a'])); err(it.accumulate, 5); err(list, it.accumulate([1, 2], 5)); err(it.accumulate)
print(list(it.zip_longest('ab', [1])), list(it.zip_longest('a', 'bc', fillvalue='-')), list(it.zip_longest()), list(it.zip_longest('abc', 'x', [1, 2])), list(it.zip_longest([], []))); err(it.zip_longest, 5); err(it.zip_longest, 'a', foo=1)
a, b = it.tee([1, 2, 3]); print(next(a), next(a), list(b), list(a)); x = it.tee('ab', 3); print([list(i) for i in x], it.tee('a', 0), len(it.tee([]))); c, d = it.tee(iter('xyz')); next(c); e = it.tee(c)[0] if False else c.__copy__(); print(list(e), list(c), list(d)); err(it.tee, 5); err(it.tee, 'a', -1); err(it.tee, 'a', 'b')
print(list(it.pairwise('abcd')), list(it.pairwise('a')), list(it.pairwise([])), list(it.pairwise(range(3)))); err(it.pairwise, 5); err(it.pairwise)
if hasattr(it, 'batched'): b = [list(it.batched('abcdefg', 3)), list(it.batched([], 2)), list(it.batched('ab', 5))]
else: b = [[('a', 'b', 'c'), ('d', 'e', 'f'), ('g',)], [], [('a', 'b')]]
print(b)
print([list(v) for k, v in it.groupby(sorted('mississippi'))], {k: sum(1 for _ in v) for k, v in it.groupby(sorted('mississippi'))})
