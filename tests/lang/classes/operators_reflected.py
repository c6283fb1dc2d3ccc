# reflected operators and NotImplemented, one operator at a time.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class R:
    def __radd__(self, o): return ('radd', o)
    def __rsub__(self, o): return ('rsub', o)
    def __rmul__(self, o): return ('rmul', o)
    def __rtruediv__(self, o): return ('rtruediv', o)
    def __rfloordiv__(self, o): return ('rfloordiv', o)
    def __rmod__(self, o): return ('rmod', o)
    def __rpow__(self, o): return ('rpow', o)
    def __rlshift__(self, o): return ('rlshift', o)
    def __rand__(self, o): return ('rand', o)
    def __rxor__(self, o): return ('rxor', o)
    def __ror__(self, o): return ('ror', o)
    def __rmatmul__(self, o): return ('rmatmul', o)
    def __rdivmod__(self, o): return ('rdivmod', o)
r = R(); print(1 + r, 1 - r, 1 * r, 1 / r, 1 // r, 1 % r, 1 ** r, 1 << r, 1 & r, 1 ^ r, 1 | r, 1 @ r, divmod(1, r), [] + r, 'a' + r, 2.5 - r)
'a' % r
---
class A:
    def __add__(self, o): return 'A+'
class B(A):
    def __radd__(self, o): return 'B r+'
print(A() + B(), B() + A(), A() + A(), B() + B())
---
class A:
    def __add__(self, o): return NotImplemented
    __radd__ = __add__
A() + A()
---
class A:
    def __add__(self, o): raise TypeError('own message')
A() + 1
---
class A: __add__ = None
A() + 1
---
class A:
    def __mul__(self, o): return 'mul'
    __rmul__ = __mul__
print(A() * 2, 2 * A(), [1] * A(), 'a' * A())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
