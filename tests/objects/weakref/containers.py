# WeakValueDictionary, WeakKeyDictionary, WeakSet, finalize.
import weakref, gc
class K:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'K{self.n}'
a, b, c = K(1), K(2), K(3)
v = weakref.WeakValueDictionary(a=a, b=b); v['c'] = c; print(sorted(v), len(v), v['a'], v.get('zz'), 'b' in v, sorted(map(repr, v.values())), sorted(v.items(), key=str))
k = weakref.WeakKeyDictionary({a: 'A', b: 'B'}); k[c] = 'C'; print(sorted(k.values()), k[a], a in k, 5 in k if False else '', k.pop(c), len(k))
s = weakref.WeakSet([a, b, c]); print(len(s), a in s, sorted(map(repr, s)), 5 in s); s.discard(c); s.add(c)
del b; gc.collect(); print(sorted(v), len(k), len(s), sorted(k.values()))
try: v['b']
except KeyError as e: print('KeyError', e)
try: v['x'] = 5
except TypeError as e: print(e)
try: k['x'] = 5
except TypeError as e: print(e)
log = []
f = weakref.finalize(a, log.append, 'a died'); g = weakref.finalize(c, lambda *x, **y: log.append((x, y)), 1, z=2); print(f.alive, g.alive, f.peek()[2:], f.atexit); g.atexit = False
f.detach(); print(f.alive, f(), log); del c; gc.collect(); print(log, g.alive, g())
h = weakref.finalize(a, lambda: 'called'); print(h(), h(), h.alive)
v.clear(); print(len(v), v.setdefault('new', a), v.pop('new'), v.pop('gone', None)); del a; gc.collect(); print(len(k), len(s))
x = K(9); u = weakref.WeakSet([x]); print(u | {1: 2}.keys() if False else len(u & {x}), u == {x}, u <= {x}); it = iter(u); del x
it = None; gc.collect(); print(len(u))
