# sum, min, max: starts, keys, defaults, errors, numeric accuracy.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A:
    def __init__(self, v): self.v = v
    def __add__(self, o): return A(self.v + (o.v if isinstance(o, A) else o))
    __radd__ = __add__
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f'A{self.v}'
show(r"""
sum([]), sum([1, 2]), sum([1.5, 2]), sum([[1], [2]], []), sum((1, 2), 10), sum([True, True]), sum([1j, 2]), sum(range(101)), sum([10**20, 1]), sum([1], start=5), sum([A(1), A(2)]), sum({1: 'a', 2: 'b'}), sum([(1,), (2,)], ()), sum([2**62, 2**62]), sum([-2**63, -1])
sum([0.5] * 10), sum([1e308, 1e308, -1e308]), sum([1, 2.5, 3j]), sum([float('inf'), 1]), sum([0.25, 0.5], 1), sum([], 2.5), sum([1.0, 2]), type(sum([True])).__name__, sum([1, 2, 0.5, 10**30])
sum(5)
sum([1, 'a'])
sum(['a', 'b'])
sum(['a'], '')
sum([b'a'], b'')
sum([bytearray()], bytearray())
sum([[1], [2]])
sum()
sum([1], 2, 3)
sum([1], foo=1)
max(1, 2, 3), max([3, 1]), max('hello'), max([1, 2.0, 2]), max([2, 2.0]), max((1, 'a')[:1]), max([1, -5], key=abs), max('a', 'bb', key=len), max([], default='d'), max([5], default=0), max({1: 2, 3: 1}), max([[1], [2]]), max(A(1), A(3)) if False else '', max([1, 2], key=None), max([A(1), A(5)], key=lambda a: a.v)
min(3, 1), min([A(3), A(1)]), min('b', 'a'), min([], default=None), min(1, 1.0), min([1, -5], key=abs), min(True, 0), min((2, 'x'), (1, 'z')), min(iter([3, 2]))
max([])
min(())
max(5)
max()
max(1, 'a')
max([1, None])
max(1, 2, default=3)
max([1], key=5)
max([1, 2], foo=1)
max([1j, 2j])
min([1], default=5, key=len)
max(1, 2, key=lambda x: 1 / 0)
max(x for x in 'abc'), min(map(len, ['a', 'bb'])), max([float('nan'), 1]), max([1, float('nan')])
""")
