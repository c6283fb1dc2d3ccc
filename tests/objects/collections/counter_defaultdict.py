# Counter and defaultdict.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from collections import Counter, defaultdict
c = Counter('mississippi'); print(c, c['s'], c['zz'], c.most_common(2), sorted(c.elements()), c.total(), len(c), Counter(a=1, b=2), Counter({'x': 3}), Counter(), Counter([1, 1, 2]))
c.update('sss'); c.subtract('ii'); c['new'] += 1; del c['m']; del c['absent']; print(c, list(c), dict(c)); a, b = Counter(a=3, b=1), Counter(a=1, b=2, c=5); print(a + b, a - b, a & b, a | b, +Counter(a=-1, b=1), -Counter(a=-1, b=1), a == b, a <= b, Counter(a=1) < Counter(a=2), Counter(a=0) == Counter(), a.copy())
a += b; print(a); a -= Counter(a=10); print(a); a |= Counter(z=1); a &= Counter(z=5, b=1); print(a, repr(Counter()), Counter('ab').most_common(), Counter('aab').most_common(0), c.most_common()[:-3:-1])
err(Counter.fromkeys, 'a'); err(lambda: Counter(5)); err(Counter, [[]]); err(lambda: Counter(a='x') + Counter(a=1)); err(lambda: Counter(a=1) + 5)
d = defaultdict(list); d['a'].append(1); d['b']; print(d, d['c'], 'z' in d, d.get('z'), len(d), d.default_factory, defaultdict(int, {'x': 1}, y=2), defaultdict(), d == {'a': [1], 'b': [], 'c': []}, d.copy(), type(d.copy()).__name__)
n = defaultdict(lambda: defaultdict(int)); n['p']['q'] += 5; print(n['p']['q'], dict(n['p'])); err(lambda: defaultdict()['k']); err(lambda: defaultdict(None)[1]); err(defaultdict, 5); err(lambda: defaultdict(lambda: 1 / 0)['x']); d.default_factory = None; err(lambda: d['nope']); d.default_factory = str; print(repr(d['s']), d.__missing__('t'), defaultdict(int) | {'a': 1}, {'b': 2} | defaultdict(int, a=1))
class DD(defaultdict):
    def __missing__(self, k): return 'custom ' + k
print(DD(int)['x'], DD(int)); r = defaultdict(); r['self'] = r; print(r); w = defaultdict(int)
for ch in 'abracadabra': w[ch] += 1
print(sorted(w.items(), key=lambda t: (-t[1], t[0])))
