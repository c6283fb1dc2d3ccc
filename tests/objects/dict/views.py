# keys, values and items views: set operations, liveness, equality, repr.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

d = {'a': 1, 'b': 2, 'c': 1}
k, v, i = d.keys(), d.values(), d.items()
show(r"""
k, v, i, len(k), len(v), len(i), 'a' in k, 'z' in k, 1 in v, 9 in v, ('a', 1) in i, ('a', 2) in i, ('a',) in i, 'a' in i, list(k), sorted(v), dict(i)
sorted(k & {'a', 'z'}), sorted(k | {'z'}), sorted(k - {'a'}), sorted(k ^ {'a', 'z'}), sorted({'a', 'z'} & k), sorted({'z'} | k), sorted(['a', 'q'] - k if False else {'a', 'q'} - k), type(k & k).__name__, sorted(k & 'ab'), sorted(i & {('a', 1)}), sorted(i - [('a', 1)])
k == {'a', 'b', 'c'}, k == d.keys(), k != {'a'}, k < {'a', 'b', 'c', 'd'}, k <= k, k > {'a'}, k >= {'a'}, i == {('a', 1), ('b', 2), ('c', 1)}, v == v, v == d.values(), k == ['a', 'b', 'c'], k.isdisjoint('xyz'), k.isdisjoint('az'), i == dict(d).items()
k.mapping, k.mapping == d, type(k.mapping).__name__, v.mapping['a'], i.mapping
list(reversed(k)), list(reversed(v)), list(reversed(i)), [x for x in k], type(iter(k)).__name__, type(iter(v)).__name__, type(iter(i)).__name__, type(k).__name__, type(v).__name__, type(i).__name__, type(reversed(i)).__name__
k + k
k[0]
k & 5
5 | k
k - 5
v & v
k < ['a']
hash(k)
hash(v) is not None
k.mapping['x']
k.foo
k.isdisjoint(5)
type(k)()
""")
d['z'] = 26; print(k, len(v)); del d['a']; print(k, i); d.clear(); print(k, v, i, list(k))
try: k.mapping['q'] = 1
except TypeError as e: print(e)
print({1: []}.items() == {1: []}.items(), {'a': 1}.keys() | {'b': 2}.keys() == {'a', 'b'}, {'x': 1}.items() | set())
try: {1: []}.items() | set()
except TypeError as e: print(type(e).__name__)
r = {}; r['v'] = r.values(); print(r)
r = {}; r['k'] = r.items(); print(r)
