# __slots__: layout, inheritance, conflicts, defaults, errors, descriptors.
# needs: 3.13
class A: __slots__ = ('x', 'y')
a = A(); a.x = 1; print(a.x)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: a.y); t(lambda: setattr(a, 'z', 1)); t(lambda: a.__dict__); t(lambda: delattr(a, 'y')); t(lambda: vars(a)); del a.x; t(lambda: a.x)
class B(A): pass
b = B(); b.z = 1; b.x = 2; print(b.__dict__, b.x, hasattr(b, '__weakref__'))
class C(A): __slots__ = ('z',)
c = C(); c.x = c.y = c.z = 3; t(lambda: setattr(c, 'w', 1)); print(A.__slots__, C.__slots__, type(A.x).__name__, repr(A.x), A.x.__name__, A.x.__get__(c), A.x.__objclass__.__name__)
class D: __slots__ = 'single'
d = D(); d.single = 1; print(d.single, D.__slots__)
class E: __slots__ = ('__dict__', 'q')
e = E(); e.q = 1; e.other = 2; print(e.__dict__, e.q)
class F: __slots__ = ['a', '__private']; 
f = F(); f._F__private = 1; print(sorted(n for n in dir(F) if 'private' in n))
class G: __slots__ = {'doc': 'documented slot'}
print(G.doc.__doc__, G.__slots__)
for body in ({'__slots__': ('x',), 'x': 1}, {'__slots__': (1,)}, {'__slots__': ('1a',)}, {'__slots__': ('a b',)}, {'__slots__': 5}, {'__slots__': ('__dict__', '__dict__')}, {'__slots__': ('a', 'a')}, {'__slots__': ('__weakref__',)}, {'__slots__': ''}, {'__slots__': ()}):
    t(lambda: type('T', (), body).__slots__)
class H: __slots__ = ('h',)
class I: __slots__ = ('i',)
class J: __slots__ = ()
t(lambda: type('M', (H, I), {})); t(lambda: type('M', (H, J), {'__slots__': ()}).__mro__[1].__name__); t(lambda: type('S', (int,), {'__slots__': ('a',)})); t(lambda: type('S', (tuple,), {'__slots__': ()})((1,)))
t(lambda: A.x.__get__(5, int)); t(lambda: A.x.__set__(H(), 1)); t(lambda: A.x.__get__(None, A) is A.x); A.x.__set__(c, 'via'); print(c.x); A.x.__delete__(c); t(lambda: c.x)
class L: __slots__ = ('__weakref__', 'v')
import weakref; l = L(); print(weakref.ref(l)() is l); t(lambda: weakref.ref(A()))
class N(dict): __slots__ = ('extra',)
n = N(a=1); n.extra = 2; print(n, n.extra); t(lambda: setattr(n, 'nope', 1))
class Q:
    __slots__ = ('v',)
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    v2 = property(lambda self: self.v * 2)
print(Q(1) == Q(1), Q(3).v2, object.__new__(Q).__class__.__name__); import copy; print(copy.copy(Q(5)).v, copy.deepcopy(Q([1])).v)
