# Subclasses of int: construction, arithmetic result types, attributes, overriding.
# needs: 3.13
class N(int):
    def __new__(cls, v=0, tag='t'):
        self = super().__new__(cls, v)
        self.tag = tag
        return self
    def __repr__(self): return f'N({int(self)}, {self.tag})'
n = N(5, 'five')
print(n, repr(n), n + 1, type(n + 1), n * n, type(n * n), -n, type(+n), type(n.real), n == 5, hash(n) == hash(5), {5: 'x'}[n], n.tag)
print(N('12'), N(3.7), N(), int(n), type(int(n)), n.bit_length(), n // 2, 2 ** n, [10, 20, 30, 40, 50, 60][n], range(n), 'ab' * n)
print(str(n), '%d' % n, '%s' % n, format(n), format(n, '03d'), f'{n}', f'{n!r}', f'{n:5}')
class M(int):
    def __add__(self, o): return M(int(self) + int(o) + 100)
    __radd__ = __add__
    def __eq__(self, o): return 'eq'
    __hash__ = int.__hash__
    def __bool__(self): return False
    def __index__(self): return 1
    def __str__(self): return 'M!'
m = M(1)
print(m + 1, 1 + m, sum([m, m]), m == 2, 2 == m, bool(m), int(m), [7, 8, 9][m], not m, repr(m), f'{m}', '%s %d' % (m, m), print(m) or '')
print(isinstance(m, int), issubclass(M, int), isinstance(True, int), int.__add__(m, 1), m.__class__.__name__, max(m, M(5)) is m)
class B(int): __slots__ = ()
try: B(1).x = 1
except AttributeError as e: print(e)
try:
    class S(int): __slots__ = ('a',)
except TypeError as e: print(e)
try:
    class T(bool): pass
except TypeError as e: print(e)
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
print([1, 2, 3][I(1)], [1, 2, 3][I(0):I(2)], hex(I(255)), range(I(2)), 'a' * I(3), bytes(I(2)), chr(I(65)), round(1.256, I(2)), '%d' % N(3), '%x' % I(10))
for f in (lambda: [1][I('a')], lambda: [1][I(1.5)], lambda: I(1) + 1, lambda: int(I('x')), lambda: [1][I(10**30)], lambda: [1][I(5)]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
big = N(10**30, 'big'); print(big, big + 1, big.tag, type(big // 2), N(2**62, 'x') - 1)
