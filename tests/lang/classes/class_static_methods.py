# classmethod and staticmethod: binding, wrapping, attributes, stacking, subclass.
class A:
    @classmethod
    def c(cls, x=0): "cdoc"; return cls.__name__, x
    @staticmethod
    def s(x=0): "sdoc"; return x
    n = staticmethod(len)
    k = classmethod(lambda cls: cls)
class B(A): pass
print(A.c(1), A().c(2), B.c(), B().c(3), A.s(4), A().s(5), B.s(), A.n('abc'), A().n([1]), B.k() is B)
d = A.__dict__; print(type(d['c']).__name__, type(d['s']).__name__, d['c'].__func__.__name__, d['s'].__func__(9), d['c'].__doc__, d['s'].__doc__, d['s'].__name__, d['c'].__wrapped__.__name__, d['c'].__isabstractmethod__)
print(d['s'](7), d['c'].__get__(None, B)(), d['c'].__get__(B(), None)(), d['s'].__get__(None, A)(8))
def t(f):
    try: print(f())
    except TypeError as e: print(e)
t(lambda: d['c']()); t(lambda: classmethod()); t(lambda: staticmethod()); t(lambda: classmethod(1, 2)); t(lambda: classmethod(5).__get__(1, int)()); t(lambda: staticmethod(5).__get__(1, int)); t(lambda: d['c'].__get__(None)()); t(lambda: staticmethod(f=1))
s = staticmethod(lambda: 1); s.attr = 2; print(s.attr, s.__dict__.get('attr'), s())
class C:
    @staticmethod
    def st(): return 'st'
    r = st()
    @classmethod
    def cl(cls): return cls.r
print(C.r, C.cl())
class D:
    @classmethod
    def __call__(cls): return 'call ' + cls.__name__
    @classmethod
    def __class_getitem__(cls, k): return cls.__name__, k
    def __init_subclass__(cls): print('init_subclass', cls.__name__)
    def __new__(cls, *a): print('new', a); return super().__new__(cls)
print(D()(), D[5]); 
class E(D): pass
print(E()(), E['x', 1], type(D.__dict__['__new__']).__name__, type(D.__dict__['__init_subclass__']).__name__, type(D.__dict__['__class_getitem__']).__name__)
print(A.c.__self__ is A, A.c == A.c, A.c is A.c, B.c == A.c, A.s is A.s, A().s is A.s, A.c.__func__ is A.__dict__['c'].__func__)
print(repr(staticmethod(len)), repr(classmethod(len)), B.__dict__.get('c'), dict.fromkeys('a'), type(dict.__dict__['fromkeys']).__name__, type(str.__dict__['maketrans']).__name__)
class Meta(type):
    def m(cls): return 'meta ' + cls.__name__
    @classmethod
    def mc(mcs): return mcs.__name__
class F(metaclass=Meta): pass
print(F.m(), F.mc())
try: F().m()
except AttributeError as e: print(e)
