# copy and deepcopy: recursion, memo, hooks, reductions.
# needs: 3.12
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import copy
l = [1, [2, 3], {'k': [4]}]; s, d = copy.copy(l), copy.deepcopy(l); l[1].append('x'); l[2]['k'].append('y'); print(s, d, s[1] is l[1], d[1] is l[1])
r = [1]; r.append(r); c = copy.deepcopy(r); print(c[1] is c, c is not r); shared = [0]; p = copy.deepcopy([shared, shared]); print(p[0] is p[1])
for v in (5, 'a', None, (), (1, 2), frozenset([1]), len, int, ..., range(3), 1.5, b'x', True, lambda: 0, type, NotImplemented, slice(1, 2)): assert copy.copy(v) is v or copy.copy(v) == v; assert copy.deepcopy(v) is v or copy.deepcopy(v) == v
t = ([1],); print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy((1, (2,))) is not None, copy.copy({1, 2}), copy.deepcopy({'a': {1: [2]}}), copy.copy(bytearray(b'x')), copy.deepcopy(frozenset([1, (2,)])))
class A:
    def __init__(self, v): self.v = v
a = A([1]); b, c = copy.copy(a), copy.deepcopy(a); a.v.append(2); print(b.v, c.v, type(b).__name__)
class H:
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return 'deep', type(memo).__name__
print(copy.copy(H()), copy.deepcopy([H()]))
class R:
    def __init__(self, *a): self.a = a
    def __reduce__(self): return R, (1, 2), {'extra': 5}
x = copy.copy(R()); print(x.a, x.extra)
class S:
    def __getstate__(self): return {'s': 1}
    def __setstate__(self, st): self.got = st
print(copy.copy(S()).got)
class L(list):
    def __init__(self, *a): super().__init__(*a); self.attr = 'x'
m = L([1, [2]]); n = copy.deepcopy(m); print(n, n.attr, type(n).__name__, n[1] is m[1]); class_d = type('D', (dict,), {}); e = class_d(a=[1]); e.z = 1; f = copy.copy(e); print(f, f.z, type(f).__name__, f['a'] is e['a'])
class Sl:
    __slots__ = ('p', 'q')
o = Sl(); o.p = [1]; k = copy.deepcopy(o); print(k.p, hasattr(k, 'q'), k.p is o.p)
def g(): yield
err(copy.copy, g()); err(copy.deepcopy, [g()]); err(copy.copy, __import__('sys')); i = iter([1, 2, 3]); next(i); j = copy.copy(i); print(list(i), list(j)); memo = {}; z = [1]; w = copy.deepcopy(z, memo); print(memo[id(z)] is w)
class E(Exception): pass
q = copy.copy(E('m', 1)); print(repr(q), q.args); import collections; print(copy.deepcopy(collections.OrderedDict(a=[1])), copy.copy(collections.deque([1], 3)), copy.copy(collections.Counter('aa')), copy.deepcopy(collections.defaultdict(list, a=[1])))
if hasattr(copy, 'replace'): print('replace')
else: print('replace')
