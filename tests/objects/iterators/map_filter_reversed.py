# map, filter, reversed: several iterables, None predicate, laziness, errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(map(str, [1, 2])), list(map(lambda a, b: a + b, 'ab', 'cde')), list(map(max, [1, 5], [3, 2], [2, 9])), list(map(pow, [2, 3], [3, 2])), list(map(None, [])) if False else 'x', next(map(len, ['abc'])), list(map(int, '123'))
map(str)
map()
map(str, 5)
list(map(5, [1]))
list(map(None, [1]))
list(map(lambda: 0, [1]))
list(filter(None, [0, 1, '', 'a', [], None])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isupper, 'aBcD')), list(filter(bool, [0, 1])), list(filter(None, {}))
filter(None)
filter(None, 5)
list(filter(5, [1]))
list(reversed([1, 2])), list(reversed('ab')), list(reversed((1, 2))), list(reversed(range(3))), list(reversed({1: 2, 3: 4})), list(reversed({1: 2}.items())), list(reversed(b'ab')), next(reversed('z')), reversed([1, 2, 3]).__length_hint__()
reversed({1})
reversed(5)
reversed(iter([]))
reversed(x for x in [])
reversed()
reversed([], [])
reversed(x=1)
type(map(str, [])).__name__, type(filter(None, [])).__name__, type(reversed(())).__name__, type(reversed([])).__name__, map(str, [1]).__iter__().__next__()
""")
log = []
m = map(lambda x: log.append(x) or x * 2, [1, 2, 3]); print(log, next(m), log, list(m), log)
f = filter(lambda x: log.append(('f', x)) or x % 2, [1, 2, 3]); print(next(f), log[-1], list(f))
def boom(x): raise KeyError(x)
m = map(boom, 'ab')
for _ in range(3):
    try: print(next(m))
    except (KeyError, StopIteration) as e: print(repr(e))
def stop(x):
    if x == 2: raise StopIteration
    return x
print(list(map(stop, [1, 2, 3])))
class S:
    def __len__(self): return 3
    def __getitem__(self, i): print('get', i, end=' '); return i * 10
print(list(reversed(S()))); r = reversed(S()); next(r); print(r.__length_hint__())
class L(list):
    def __reversed__(self): return iter('custom')
print(list(reversed(L([1, 2])))); a = iter('abc'); print(list(map(lambda x, y: x + y, a, a)))
print(list(map(str.upper, filter(str.isalpha, 'a1b2'))), sum(map(len, ['ab', 'c'])), list(map(lambda *a: a, 'ab', [1, 2], (x for x in 'xy'))))
