# Callbacks that change the container being worked on.
# needs: 3.14
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Eq:
    def __init__(self, act): self.act = act
    def __eq__(self, o): self.act(); return False
    def __hash__(self): return 1
l = [1, 2, 3]
t(lambda: l.index(Eq(l.clear))); print(l)
l = [1, 2, 3]; t(lambda: l.count(Eq(l.clear))); l = [1, 2, 3]; t(lambda: Eq(l.clear) in l); l = [1, 2, 3]; t(lambda: l.remove(Eq(l.clear))); print(l)
l = [Eq(lambda: l.append(0) if len(l) < 10 else None)] * 3; t(lambda: l == [1, 2, 3]); print(len(l))
l = [3, 1, 2]
t(lambda: l.sort(key=lambda x: l.append(9) or x)); print(sorted(l))
class Lt:
    def __init__(self, v): self.v = v
    def __lt__(self, o): q.clear(); return self.v < o.v
q = [Lt(i) for i in range(5)]; t(lambda: q.sort()); print(len(q))
class Idx:
    def __init__(self, act, v): self.act, self.v = act, v
    def __index__(self): self.act(); return self.v
l = [1, 2, 3]; t(lambda: l[Idx(l.clear, 1)]); l = [1, 2, 3]; t(lambda: l.pop(Idx(l.clear, 1))); l = [1, 2, 3]; t(lambda: l.insert(Idx(l.clear, 1), 'x')); print(l); l = [1, 2, 3]; t(lambda: l * Idx(l.clear, 2)); l = [1, 2, 3]; t(lambda: l[Idx(l.clear, 0):]); l = list(range(10)); t(lambda: l.__delitem__(slice(Idx(l.clear, 2), 5))); print(l)
b = bytearray(b'abc'); t(lambda: b.pop(Idx(b.clear, 1))); b = bytearray(b'abc'); t(lambda: b.__setitem__(Idx(b.clear, 1), 5)); b = bytearray(b'abc'); t(lambda: b.__setitem__(1, Idx(b.clear, 65))); print(b)
d = {Eq(lambda: d.clear()): 1}; t(lambda: d.get(Eq(int))); d = {Eq(lambda: d.clear()): 1}; t(lambda: d.pop(Eq(int), 'none')); s = {Eq(lambda: s.clear())}; t(lambda: s.remove(Eq(int)) if False else Eq(int) in s)
class Rp:
    def __repr__(self): r.clear(); return 'R'
r = [Rp(), Rp(), 3]; t(lambda: repr(r)); r = {1: Rp(), 2: Rp()}; t(lambda: repr(r))
class It:
    def __iter__(self): return self
    def __next__(self):
        x.append(0)
        if len(x) > 8: raise StopIteration
        return len(x)
x = []; x.extend(It()); print(x); x = [1, 2, 3]; x[0:2] = It(); print(x)
class Bad:
    def __len__(self): return 3
    def __getitem__(self, i): raise ValueError('getitem %r' % (i,))
t(lambda: list(Bad())); t(lambda: tuple(Bad())); t(lambda: [*Bad()]); t(lambda: 1 in Bad()); t(lambda: sum(Bad())); t(lambda: ''.join(Bad())); t(lambda: dict(Bad())); t(lambda: set(Bad())); t(lambda: max(Bad())); t(lambda: list(reversed(Bad()))); t(lambda: sorted(Bad()))
class St(str):
    def __eq__(self, o): raise OSError('eq')
    def __hash__(self): return hash('k')
t(lambda: {'k': 1}[St('k')])
y = {'a': 1, 'b': 2}
def f(**kw): return kw
class Mp:
    def keys(self): return iter(['a', 'b'])
    def __getitem__(self, k): y.clear(); return k
t(lambda: f(**Mp())); t(lambda: {**y, **Mp()}); t(lambda: ''.join(map(lambda c: m.clear() or c, m)) if (m := ['a', 'b', 'c']) else 0)
