# count, cycle, repeat, chain, islice, takewhile, dropwhile, filterfalse, compress, starmap.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import itertools as it
t = lambda i, n=5: list(it.islice(i, n))
print(t(it.count()), t(it.count(5, 2)), t(it.count(1.5, 0.5)), t(it.count(-1, -1)), t(it.count(10**20)), t(it.count(start=2, step=0)), repr(it.count(3)), repr(it.count(1, 2)), t(it.count(1j)), t(it.cycle('ab')), t(it.cycle([])), t(it.repeat('x')), list(it.repeat(1, 3)), list(it.repeat(1, 0)), list(it.repeat(1, -5)), repr(it.repeat(1)), repr(it.repeat(1, 2)), it.repeat(1, 4).__length_hint__())
print(list(it.chain('ab', [1], ())), list(it.chain()), list(it.chain.from_iterable(['ab', [1]])), list(it.islice('abcdef', 3)), list(it.islice('abcdef', 1, 4)), list(it.islice('abcdef', 0, None, 2)), list(it.islice('abc', 10)), list(it.islice('abc', 5, 10)), list(it.islice('abc', None)), list(it.islice('abcdef', 1, 5, 3)), list(it.islice('abc', 0)))
i = iter(range(10)); print(list(it.islice(i, 2, 4)), list(i)); i = iter(range(10)); print(list(it.islice(i, 1, 8, 3)), next(i))
print(list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.filterfalse(lambda x: x % 2, range(5))), list(it.filterfalse(None, [0, 1, ''])), list(it.compress('abcd', [1, 0, 1])), list(it.compress('ab', [])), list(it.starmap(pow, [(2, 3), [3, 2]])), list(it.starmap(max, ['ab'])))
i = iter([1, 5, 2]); print(list(it.takewhile(lambda x: x < 3, i)), list(i))
err(it.count, 'a'); err(it.count, 1, 'a'); err(it.cycle, 5); err(it.repeat); err(it.repeat, 1, 'a'); err(it.islice, 'a'); err(it.islice, 'a', -1); err(it.islice, 'a', 1, 2, 0); err(it.islice, 'a', 'x'); err(it.islice, 'a', 0, 1, -1); err(it.islice, 'a', 1, 2, 3, 4); err(list, it.chain(5)); err(list, it.chain.from_iterable([5])); err(it.chain.from_iterable, 5); err(list, it.starmap(pow, [1])); err(it.takewhile, None); err(list, it.takewhile(None, [1])); err(it.compress, 5, []); err(it.filterfalse, None); err(it.repeat, object=1, times='x'); err(it.islice, 5, 1); err(list, it.starmap(pow, [(1,)]))
def boom():
    yield 1
    raise ValueError('boom')
for f in (lambda: list(it.chain(boom())), lambda: list(it.cycle(boom())), lambda: list(it.islice(boom(), 5)), lambda: list(it.islice(boom(), 1)), lambda: list(it.takewhile(bool, boom()))): err(f)
