# product, permutations, combinations, combinations_with_replacement.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import itertools as it
print(list(it.product('ab', [1, 2])), list(it.product()), list(it.product('ab', repeat=2)), list(it.product([], 'a')), list(it.product('a', repeat=0)), list(it.product((x for x in 'xy'), repeat=2)), len(list(it.product(range(3), repeat=4))))
print(list(it.permutations('abc')), list(it.permutations('abc', 2)), list(it.permutations([], 0)), list(it.permutations('ab', 3)), list(it.permutations('ab', 0)), list(it.permutations('ab', None)), list(it.permutations([1, 1])))
print(list(it.combinations('abcd', 2)), list(it.combinations('ab', 0)), list(it.combinations('ab', 3)), list(it.combinations(range(4), 3)), list(it.combinations([1, 1, 2], 2)))
print(list(it.combinations_with_replacement('abc', 2)), list(it.combinations_with_replacement('ab', 3)), list(it.combinations_with_replacement([], 0)), list(it.combinations_with_replacement([], 2)), list(it.combinations_with_replacement('a', 0)))
print(sum(1 for _ in it.permutations(range(6))), sum(1 for _ in it.combinations(range(15), 7)), list(it.combinations(range(50), 49))[-1][:3], next(it.product(range(1000), repeat=3)), next(it.combinations(range(10**4), 3)))
err(it.product, 5); err(it.product, 'a', repeat=-1); err(it.product, 'a', repeat='x'); err(it.product, 'a', foo=1); err(it.permutations, 'a', -1); err(it.permutations, 5); err(it.permutations, 'a', 'b'); err(it.combinations, 'a'); err(it.combinations, 'a', -1); err(it.combinations, 5, 1); err(it.combinations, 'a', 1.5); err(it.combinations_with_replacement, 'a', -1); err(it.combinations); err(it.permutations)
p = it.permutations([1, 2, 3]); next(p); next(p); print(list(p), next(p, 'end')); c = it.combinations('abc', 2); print(next(c), [x for x in c], list(c)); a = [1, 2]; p = it.product(a, repeat=2); a.append(3); print(list(p))
def queens(n): return sum(1 for p in it.permutations(range(n)) if len({p[i] + i for i in range(n)}) == n == len({p[i] - i for i in range(n)}))
print([queens(n) for n in range(1, 7)])
