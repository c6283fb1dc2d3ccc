# OrderedDict, ChainMap, UserDict, UserList, UserString.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from collections import OrderedDict, ChainMap, UserDict, UserList, UserString
o = OrderedDict(a=1, b=2, c=3); o.move_to_end('a'); print(o, list(o)); o.move_to_end('c', last=False); print(list(o), o.popitem(), o.popitem(last=False), o, list(reversed(OrderedDict(x=1, y=2))))
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), OrderedDict([('k', 1)]), OrderedDict(), OrderedDict.fromkeys('ab', 0), OrderedDict(a=1) | {'b': 2}, OrderedDict(a=1).copy(), o.setdefault('n', 5), o.pop('n'), o.pop('zz', 'd'), repr(o))
err(o.move_to_end, 'missing'); err(OrderedDict().popitem); err(o.pop, 'zz'); err(lambda: o['q']); err(OrderedDict, 5); err(OrderedDict, 1, 2)
r = OrderedDict(); r['me'] = r; print(r); q = OrderedDict((i, i) for i in range(5)); del q[2]; q[2] = 'back'; print(list(q.items()), list(q.keys()), list(reversed(q.values())))
def mut():
    for k in q: q[k + 100] = 1
err(mut)
a, b = {'x': 1, 'y': 2}, {'y': 3, 'z': 4}; c = ChainMap(a, b); print(c['y'], c['z'], len(c), sorted(c), dict(c) == {'x': 1, 'y': 2, 'z': 4}, c.maps, c.parents, c.new_child({'x': 'new'})['x'], 'z' in c, c.get('none', 0), repr(c)); c['z'] = 'set'; print(a, b); del c['z']; err(lambda: c.__delitem__('z')); err(lambda: c['none']); err(c.pop, 'nope'); print(c.popitem() is not None, ChainMap(), c | {'w': 1}, bool(ChainMap({}, {})))
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
u = U(a=1); u.update(b=2); u['c'] = 3; print(u, u.data, 'A' in u, dict(u), len(u), u.setdefault('d', 4)); l = UserList([3, 1, 2]); l.append(5); l.sort(); print(l, l[1:], type(l[1:]).__name__, l + [9], l == [1, 2, 3, 5], l.data); s = UserString('hello'); print(s.upper(), s + ' w', s[1:3], type(s.upper()).__name__, s == 'hello', len(s), 'ell' in s, s.data, int(UserString('5')), hash(s) == hash('hello'))
