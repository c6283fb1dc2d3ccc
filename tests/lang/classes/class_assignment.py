# Assigning __class__, __bases__, __dict__; layout rules and messages.
# needs: 3.12
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class A:
    def f(self): return 'A', self.__dict__
class B:
    def f(self): return 'B', self.__dict__
    def __getattr__(self, n): return 'B got ' + n
a = A(); a.x = 1; print(a.f()); a.__class__ = B; print(a.f(), type(a).__name__, a.zz, isinstance(a, B), isinstance(a, A))
class S1: __slots__ = ('p', 'q')
class S2: __slots__ = ('p', 'q')
class S3: __slots__ = ('p',)
s = S1(); s.p = 5; s.__class__ = S2; print(type(s).__name__, s.p)
t(lambda: setattr(s, '__class__', S3)); t(lambda: setattr(s, '__class__', A)); t(lambda: setattr(a, '__class__', int)); t(lambda: setattr(a, '__class__', 5)); t(lambda: setattr(5, '__class__', A)); t(lambda: setattr([], '__class__', A)); t(lambda: delattr(a, '__class__')); t(lambda: setattr(a, '__class__', dict)); t(lambda: setattr(A, '__class__', int))
class L(list): pass
class M(list): pass
l = L([1]); l.__class__ = M; print(type(l).__name__, l); t(lambda: setattr(l, '__class__', list)); t(lambda: setattr(l, '__class__', A))
import types
m = types.ModuleType('m')
class Mod(types.ModuleType):
    def __getattr__(self, n): return 'computed ' + n
m.__class__ = Mod; print(m.foo, type(m).__name__)
class Fake:
    @property
    def __class__(self): return int
print(isinstance(Fake(), int), isinstance(Fake(), Fake), type(Fake()).__name__, Fake().__class__)
class C: pass
class D(C): pass
class E: y = 'E.y'
d = D(); t(lambda: d.y); D.__bases__ = (E,); print(d.y, D.__mro__[1].__name__, isinstance(d, C), C.__subclasses__(), [k.__name__ for k in E.__subclasses__()])
D.__bases__ = (C, E); print(D.__bases__ == (C, E), d.y)
x, y = C(), C(); x.v = 1; y.__dict__ = x.__dict__; y.v = 2; print(x.v, x.__dict__ is y.__dict__)
t(lambda: setattr(C, '__dict__', {})); t(lambda: setattr(C, '__mro__', ())); t(lambda: setattr(C, '__name__', 5)); t(lambda: setattr(C, '__name__', 'a\0b')); t(lambda: setattr(C, '__qualname__', 5)); t(lambda: setattr(int, '__name__', 'x')); t(lambda: delattr(C, '__name__')); t(lambda: setattr(C, '__module__', 'mm')); print(C.__module__, repr(C))
