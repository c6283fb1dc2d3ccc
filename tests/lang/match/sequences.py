# match: sequence patterns, star, nesting, and which types are sequences.
import collections
import collections.abc
def f(v):
    match v:
        case []: return 'empty'
        case [x]: return 'one', x
        case [1, *rest]: return 'starts 1', rest
        case [*init, 9]: return 'ends 9', init
        case [a, *_, b] if a == b: return 'same ends', a
        case [a, [b, *c], *d]: return a, b, c, d
        case (a, b, *_): return 'two+', a, b
        case _: return 'no'
for v in ([], (), [5], (5,), [1, 2, 3], [1], [2, 9], [3, 4, 3], [4, [5, 6], 7], [4, 'xy'], 'ab', b'ab', bytearray(b'ab'), {1: 2}, {1, 2}, range(3), range(0), collections.deque([1, 2]), iter([1]), (x for x in 'a'), memoryview(b'ab'), None, [2, 3, 4, 5]): print(type(v).__name__, f(v))
import array
print(f(array.array('i', [1, 2])), f(collections.UserList([7, 8])), f(collections.OrderedDict()))
class Seq(collections.abc.Sequence):
    def __init__(self, d): self.d = d
    def __len__(self): print('len'); return len(self.d)
    def __getitem__(self, i): print('get', i); return self.d[i]
print(f(Seq([2, 3, 4])))
class Fake:
    def __len__(self): return 2
    def __getitem__(self, i):
        if i > 1: raise IndexError
        return i
print(f(Fake())); collections.abc.Sequence.register(Fake); print(f(Fake()))
def star(v):
    match v:
        case [*a]: return a
        case *a, : return 'never'
print(star((1, 2)), star([]))
def s2(v):
    match v:
        case a, *b, c, d: return a, b, c, d
        case a, b: return a, b
print(s2('' or [1, 2, 3]), s2([1, 2, 3, 4, 5]), s2([1, 2]), s2([1]))
class L(list): pass
class T(tuple): pass
class S(str): pass
print(f(L([5])), f(T((5,))), f(S('a')))
