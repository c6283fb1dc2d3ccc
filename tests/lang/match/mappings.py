# match: mapping patterns, rest, missing keys, which types are mappings.
# needs: 3.14
import collections, types
def f(v):
    match v:
        case {'a': 1, 'b': x}: return 'a1b', x
        case {'k': {'n': n}}: return 'nested', n
        case {1: v1, None: v2, -2: v3}: return v1, v2, v3
        case {'x': str() | int() as t, **rest}: return t, rest
        case {}: return 'any mapping', len(v)
        case _: return 'no'
for v in ({'a': 1, 'b': 2}, {'a': 1}, {'a': 1, 'b': 5, 'c': 6}, {'k': {'n': 7, 'm': 8}}, {1: 'i', None: 'N', -2: 'neg'}, {'x': 's', 'y': 2}, {'x': 1.5}, {}, [], 'a', None, collections.OrderedDict(a=1, b=3), types.MappingProxyType({'x': 1}), collections.defaultdict(int), collections.Counter('xx')): print(type(v).__name__, f(v))
d = collections.defaultdict(lambda: 'made')
match d:
    case {'missing': m}: print('created', m)
    case _: print('not created', dict(d))
class M(dict):
    def get(self, k, default=None): print('get', k); return super().get(k, default)
    def __getitem__(self, k): print('getitem', k); return super().__getitem__(k)
match M(a=1, b=2):
    case {'a': 1, **r}: print(r)
class K: key = 'attr'
match {'attr': 5}:
    case {K.key: v}: print('value key', v)
match {True: 't', 1.5: 'f'}:
    case {True: t, 1.5: f2}: print(t, f2)
src = {'a': 1, 'b': 2}
match src:
    case {'a': _, **rest}: rest['z'] = 1; print(rest, src)
for s in ("match x:\n case {'a': 1, 'a': 2}: pass", "match x:\n case {**r, 'a': 1}: pass", "match x:\n case {**_}: pass", "match x:\n case {a: 1}: pass", "match x:\n case {**a, **b}: pass", "match x:\n case {f'a': 1}: pass", "match x:\n case {'a': b, 'c': b}: pass", "match x:\n case {-1: a, 1+2j: b, None: c}: pass"):
    try: compile(s, '', 'exec'); print('ok')
    except SyntaxError as e: print(e.msg)
try:
    match {'p': 1}:
        case {K.key: _, 'attr': _}: pass
    print('no error')
except ValueError as e: print(e)
