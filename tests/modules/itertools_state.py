# Copies and pickles of the iterators of itertools go on where the original stands. (CPython did this up to 3.13.)
# differs: CPython 3.14 has taken it away, 3.12 and 3.13 warn
import copy
import pickle
from itertools import *

makers = {
    'accumulate': lambda: accumulate([1, 2, 3, 4, 5]), 'accumulate initial': lambda: accumulate([1, 2, 3, 4], initial=7),
    'accumulate none': lambda: accumulate([None, None, None, None], lambda a, b: None),
    'chain': lambda: chain('abc', 'def'), 'combinations': lambda: combinations('abcd', 3),
    'with replacement': lambda: combinations_with_replacement('abc', 3), 'compress': lambda: compress('abcdef', [1, 0, 1, 1, 1, 1]),
    'count': lambda: islice(count(5, 3), 6), 'cycle': lambda: islice(cycle('abc'), 10), 'dropwhile': lambda: dropwhile(bool, [1, 0, 2, 3, 4]),
    'takewhile': lambda: takewhile(bool, [1, 2, 3, 4, 0, 5]), 'filterfalse': lambda: filterfalse(None, [0, 1, '', 2, (), [], {}]),
    'islice': lambda: islice(range(50), 3, 30, 5), 'permutations': lambda: permutations('abc', 2), 'product': lambda: product('ab', 'cd', 'ef'),
    'repeat': lambda: repeat('x', 5), 'starmap': lambda: starmap(pow, [(2, 3), (3, 2), (4, 2), (5, 2)]),
    'zip_longest': lambda: zip_longest('abc', 'defgh', fillvalue='-'), 'tee': lambda: tee('abcdefgh')[1],
}
for name, make in makers.items():
    if name == 'accumulate none':
        copies = copy.copy, copy.deepcopy
    else:
        copies = copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it)), lambda it: pickle.loads(pickle.dumps(it, 0))
    for taken in range(9):
        expected = list(make())[taken:]
        for duplicate in copies:
            it = make()
            for _ in range(taken):
                next(it, None)
            if name == 'accumulate none' and duplicate is not copy.copy:
                continue
            if list(duplicate(it)) != expected:
                print(name, taken, 'differs')
print('ends', list(copy.copy(iter(combinations('ab', 3)))), list(copy.copy(product('', 'a'))))

it = product((1, 2), (3,))
it.__setstate__((0, 0x1000))
print(next(it))
it = cycle('defg')
it.__setstate__((list('abc'), 0))
print(''.join(islice(it, 20)))
for it, state in [(chain(), ()), (chain(), (0,)), (cycle('a'), []), (cycle('a'), ('', 0)), (combinations('abc', 2), (1,)), (permutations('abc'), (1, 2)),
                  (product('ab'), (0, 0)), (groupby(''), (1,)), (tee('')[0], (1, 2))]:
    try:
        it.__setstate__(state)
        print('accepted', type(it).__name__, state)
    except (TypeError, ValueError) as e:
        print(type(it).__name__, type(e).__name__)


class K:
    count = 0

    def __init__(self, v):
        pass

    def __eq__(self, other):
        K.count += 1
        if K.count == 1:
            next(g, None)
        return True


g = next(groupby(range(10), K))[1]
print([next(g, None) for _ in range(2)])
