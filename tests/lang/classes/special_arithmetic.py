# arithmetic special methods on a small vector class.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class V:
    def __init__(self, *c): self.c = c
    def __add__(self, o): return V(*(a + b for a, b in zip(self.c, o.c)))
    def __sub__(self, o): return V(*(a - b for a, b in zip(self.c, o.c)))
    def __mul__(self, k): return V(*(a * k for a in self.c)) if isinstance(k, (int, float)) else sum(a * b for a, b in zip(self.c, k.c))
    def __rmul__(self, k): return self * k
    def __neg__(self): return self * -1
    def __abs__(self): return sum(a * a for a in self.c) ** .5
    def __bool__(self): return any(self.c)
    def __eq__(self, o): return isinstance(o, V) and self.c == o.c
    def __hash__(self): return hash(self.c)
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __iter__(self): return iter(self.c)
    def __repr__(self): return f'V{self.c}'
    def __matmul__(self, o): return 'matmul'
    def __pow__(self, n, m=None): return ('pow', n, m)
    def __divmod__(self, o): return 'divmod'
    def __lshift__(self, o): return 'shift'
a, b = V(1, 2), V(3, 4)
print(a + b, a - b, a * 2, 3 * a, a * b, -a, abs(b), bool(V(0, 0)), a == V(1, 2), a != b, {a: 1}[V(1, 2)], a[0], len(a), list(a), a @ b, a ** 2, pow(a, 2, 5), divmod(a, 1), a << 1)
x, y = a; print(x, y, max(b), [*a, *b])
a += b; print(a)
a *= 2; print(a)
---
class A:
    def __add__(self, o): return NotImplemented
A() + 1
---
class A:
    def __radd__(self, o): return 'radd %r' % (o,)
print(1 + A(), [] + A(), 'a' + A(), None + A(), sum([A()]))
---
class A:
    def __iadd__(self, o): return 'iadd'
a = A(); a += 1; print(a)
---
class A:
    def __truediv__(self, o): return 'div'
    def __floordiv__(self, o): return 'fdiv'
    def __mod__(self, o): return 'mod'
    def __and__(self, o): return 'and'
    def __invert__(self): return 'inv'
print(A() / 1, A() // 1, A() % 1, A() & 1, ~A())
A() | 1
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
