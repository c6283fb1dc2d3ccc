# Special methods are looked up on the type, not on the instance; implicit vs explicit calls.
# needs: 3.14
class A: pass
a = A()
for n in ('__len__', '__iter__', '__call__', '__getitem__', '__bool__', '__hash__', '__repr__', '__str__', '__contains__', '__enter__', '__add__', '__eq__', '__format__', '__index__', '__int__'):
    setattr(a, n, lambda *x: 'instance')
def t(f):
    try: r = f(); print(r if '0x' not in str(r) else 'default')
    except Exception as e: print(type(e).__name__, e)
t(lambda: len(a)); t(lambda: iter(a)); t(lambda: a()); t(lambda: a[0]); t(lambda: bool(a)); t(lambda: hash(a) != 'instance'); t(lambda: repr(a)); t(lambda: str(a)); t(lambda: 1 in a); t(lambda: a + 1); t(lambda: a == 1); t(lambda: format(a)); t(lambda: int(a)); t(lambda: [1][a]); t(lambda: a.__len__())
class B:
    def __len__(self): return 3
    def __getattribute__(self, n): print('getattribute', n); return super().__getattribute__(n)
b = B(); print(len(b), b.__len__())
B.__len__ = lambda self: 7; print(len(b)); del B.__len__; t(lambda: len(b)); B.__len__ = lambda self: 9; print(len(b))
class D:
    class __len__:
        def __new__(cls): return 11
    __iter__ = property(lambda self: lambda: iter('prop'))
    __call__ = staticmethod(lambda *a: a)
    __getitem__ = classmethod(lambda cls, k: (cls.__name__, k))
    __contains__ = None
    __enter__ = __exit__ = lambda *a: 'cm'
d = D(); print(len(d), list(d), d(1, 2), d[3]); t(lambda: 1 in d)
with d as v: print(v)
class E(int):
    def __index__(self): return 1
    def __repr__(self): return 'E!'
print([E(5)], '%s' % E(5), f'{E(5)}', str(E(5)), [10, 20][E(0)] if False else '')
class F:
    __hash__ = None
    __bool__ = lambda self: False
    def __getattr__(self, n): return lambda *a: 'dynamic ' + n
f = F(); print(not f, f.__len__()); t(lambda: len(f)); t(lambda: hash(f)); t(lambda: f + 1); t(lambda: f.anything(1))
class Meta(type):
    def __hash__(cls): return 12345
    def __eq__(cls, o): return 'meta eq'
    def __instancecheck__(cls, i): return i == 5
    def __subclasscheck__(cls, c): return c is str
class G(metaclass=Meta):
    def __hash__(self): return 1
print(hash(G), G == 1, isinstance(5, G), isinstance(6, G), issubclass(str, G), issubclass(int, G), hash(G()), isinstance(G(), G))
