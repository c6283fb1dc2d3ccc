# dict subclasses, union operators, copy semantics and mixed-type keys.
class D(dict):
    def __repr__(self): return 'D' + super().__repr__()
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n) from None
    def __setattr__(self, n, v): self[n] = v
d = D(a=1); d.b = 2; print(d, d.a, d.b, d['b'], hasattr(d, 'z'), d.copy(), D(d), d | {'c': 3}, {'z': 0} | d, type(d | d).__name__, dict(d))
d |= {'e': 5}; print(d, type(d).__name__); d.update(f=6); print(len(d), list(d))
try: d.zzz
except AttributeError as e: print(e)
o = {'a': [1]}; c = o.copy(); c['a'].append(2); c['b'] = 1; print(o, c)
class Or(dict):
    def __or__(self, o): return 'or'
    def __ror__(self, o): return 'ror'
    def __ior__(self, o): return 'ior'
x = Or(); print(x | {}, {} | x); x |= 1; print(x)
try: {} | 5
except TypeError as e: print(e)
y = {}
try: y |= 5
except TypeError as e: print(e)
y |= 'ab' and [('k', 'v')]; print(y)
m = {1: 'i', '1': 's', (1,): 't', None: 'n', True: 'overwrites 1', b'1': 'b', frozenset({1}): 'f', int: 'type', len: 'fn' }
print(m[1], m['1'], m[(1,)], m[b'1'], m[frozenset([1])], m[int], len(m))
class Keys(dict):
    def keys(self): return ['only']
    def __getitem__(self, k): return 'val'
print({**Keys(a=1)}, dict(Keys(a=1)), {}.__class__(Keys(b=2)))
def f(**k): return k
print(f(**Keys(a=1)), {}.update(Keys(c=1)))
print(dict(a=1).__eq__(5), dict.__ne__({}, {}), {}.__len__(), {1: 2}.__iter__().__next__(), {'k': 1}.__sizeof__() > 0, {}.__class_getitem__(int) if False else dict[str, int])
