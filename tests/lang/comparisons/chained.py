# Chained comparisons: evaluation once each, short-circuit, mixed operators.
def v(x): print('v%r' % (x,), end=' '); return x
print(v(1) < v(2) < v(3)); print(v(1) < v(0) < v(3)); print(v(3) > v(2) == v(2) != v(5))
print(v(1) == v(1) in v([1]) is not v(None)); print(1 < 2 > 1 < 3 >= 3 <= 4)
print((1 < 2) < 3, 1 < (2 < 3), 3 > 2 > 1, 3 > 2 < 1, not 1 < 2 < 3)
x = 5
print(0 <= x < 10, 0 <= x <= 4, x == 5 == 5.0, 'a' < 'b' < 'c')
if 1 < x < 10: print("in range")
if not 1 < x < 3: print("not in range")
while 0 < x < 10: x += 3
print(x)
class C:
    def __init__(self, n, r): self.n, self.r = n, r
    def __lt__(self, o): print(self.n, "<", getattr(o, 'n', o), end='; '); return self.r
    def __eq__(self, o): print(self.n, "==", getattr(o, 'n', o), end='; '); return self.r
a, b, c = C('a', ''), C('b', [1]), C('c', 0)
print(repr(a < b < c)); print(repr(b < c < a)); print(repr(b == b < a)); print(repr(b < a == c == b))
print([i for i in range(10) if 2 < i <= 6 != 4])
print(1 < 2 < 'x') if False else None
try: print(3 < 2 < 'x'); print(1 < 2 < 'x')
except TypeError as e: print(e)
