# Keys: hash and eq calls, collisions, unhashable keys, hash errors.
# needs: 3.12
class K:
    def __init__(self, n, h): self.n, self.h = n, h
    def __hash__(self): print('hash', self.n, end='; '); return self.h
    def __eq__(self, o): print('eq', self.n, getattr(o, 'n', o), end='; '); return isinstance(o, K) and self.n == o.n
    def __repr__(self): return f'K{self.n}'
a, b, c, a2 = K('a', 1), K('b', 1), K('c', 2), K('a', 1)
d = {a: 1}; print(); d[b] = 2; print(); d[c] = 3; print(); print(d[a]); print(d[a2]); print(a in d, b in d); d[a2] = 9; print(d); print(K('x', 1) in d, K('y', 7) in d); del d[b]; print(d)
def err(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class NoHash: __hash__ = None
class EqOnly:
    def __eq__(self, o): return True
class BadHash:
    def __hash__(self): return 'x'
class Raise:
    def __hash__(self): raise OSError('hash')
class RaiseEq:
    def __hash__(self): return 5
    def __eq__(self, o): raise OSError('eq')
class Big:
    def __hash__(self): return 10**30
class Neg:
    def __hash__(self): return -1
err(lambda: hash(NoHash())); err(lambda: hash(EqOnly())); err(lambda: hash(BadHash())); err(lambda: hash(Raise())); err(lambda: {Raise(): 1}); err(lambda: {RaiseEq(): 1, RaiseEq(): 2}); err(lambda: hash(Big()) == hash(10**30)); err(lambda: hash(Neg()))
r = RaiseEq(); err(lambda: {r: 1}[r]); err(lambda: {1: 1}.get(Raise())); err(lambda: hash([])); err(lambda: hash({})); err(lambda: hash((1, []))); err(lambda: hash(slice(1)) is not None); err(lambda: hash(set())); err(lambda: hash(bytearray()))
class T(bool.__base__):
    def __hash__(self): return True
print(hash(T(5)), {T(5): 1}); nan = float('nan'); e = {nan: 1}; print(e[nan], float('nan') in e, nan in e)
print(len({1: 0, 1.0: 0, True: 0, 1+0j: 0}), {0.0: 'z'}[-0.0], {(1, 2.0): 'x'}[(1.0, 2)], {frozenset([1]): 1}[frozenset([1])])
big = {i * 2**61: i for i in range(50)}; print(len(big), sum(big.values()), big[2**61 * 7])
col = {i * (2**61 - 1): i for i in range(20)}; print([hash(k) for k in col][:3], col[5 * (2**61 - 1)])
