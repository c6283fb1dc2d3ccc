# collections.abc checks and mixins.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import collections.abc as c
class S(c.Sequence):
    def __getitem__(self, i): return [1, 2, 3][i]
    def __len__(self): return 3
class M(c.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
class St(c.Set):
    def __init__(self, i): self.i = sorted(set(i))
    def __contains__(self, x): return x in self.i
    def __iter__(self): return iter(self.i)
    def __len__(self): return len(self.i)
m = M()
show(r"""
S().index(2), S().count(3), 2 in S(), list(reversed(S())), list(S()), m.update(a=1), m.setdefault('b', 2), m.pop('a'), m.get('z'), dict(m), list(m.items()), m == {'b': 2}, m.popitem(), len(m), list(St('ab') | St('c')), list(St('abc') & St('bc')), St('a') <= St('ab'), St('a') == {'a'}, St('a').isdisjoint(St('b')), list(St('ab') - St('a')), list(St('ab') ^ St('bc'))
[isinstance(x, c.Iterable) for x in ([], 'a', 5, (i for i in ''), {}, len)], [isinstance(x, c.Hashable) for x in ([], 'a', (), {}, set())], [isinstance(x, c.Callable) for x in (len, int, 5)], [isinstance(x, c.Mapping) for x in ({}, [], m)], [isinstance(x, c.Sequence) for x in ([], (), '', b'', range(1), {}, set())], [isinstance(x, c.Iterator) for x in ([], iter([]))], issubclass(dict, c.MutableMapping), issubclass(c.Mapping, c.Collection)
c.Sequence()
m['nope']
m.pop('nope')
M.__abstractmethods__, c.Set.__abstractmethods__ == {'__contains__', '__iter__', '__len__'}
""")
