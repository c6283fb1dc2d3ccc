# Item access, get, setdefault, pop, popitem, __missing__ and KeyError contents.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

d = {'a': 1, 2: 'two', None: 'none', (1, 2): 't'}
show(r"""
d['a'], d[2], d[2.0], d[None], d[(1, 2)], d[1, 2], d.get('a'), d.get('z'), d.get('z', 5), d.get(None)
d['z']
d[3]
d[()]
d[1.5]
d['it\'s']
d.setdefault('a', 9), d.setdefault('new'), d.setdefault('n2', []), d
d.pop('new'), d.pop('absent', 'dflt'), d.pop('n2', 1), d
d.pop('absent')
d.pop()
d.pop(1, 2, 3)
d.popitem(), d.popitem(), d
{}.popitem()
{}.pop(1)
d.get()
d.get(1, 2, 3)
'a' in d, 'z' in d, 2.0 in d, None in d, d.__contains__('a'), len(d), d.__getitem__('a')
d.clear(), d, d.copy(), bool(d)
d.update(a=1), d.update({'b': 2}), d.update([('c', 3)], d=4), d.update(), d
d.update(5)
d.update([1])
d.update({}, {})
d.update([('q', 1), 5])
d
""")
def dl(k): del d[k]
dl('a'); print(d)
for k in ('a', 5):
    try: dl(k)
    except KeyError as e: print(repr(e), e.args)
class D(dict):
    def __missing__(self, k): return f'missing {k!r}'
m = D(a=1); print(m['a'], m['b'], m.get('b'), 'b' in m, m.pop('b', 0), D.__missing__(m, 5), m)
class P(dict):
    def __missing__(self, k): self[k] = v = []; return v
p = P(); p['x'].append(1); p['x'].append(2); p['y']; print(p)
class O(dict):
    def __getitem__(self, k): return 'over'
    def __setitem__(self, k, v): print('set', k); super().__setitem__(k, v)
o = O(a=1); o['b'] = 2; o.update(c=3); o.setdefault('d', 4); print(o['zz'], o.get('a'), dict(o), {**o}, '%(q)s' % o)
