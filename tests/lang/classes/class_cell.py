# __class__ cell: visible in methods, set by type.__new__, errors when it is not propagated.
class A:
    def f(self): return __class__
    def g(self): return [__class__ for _ in 'a'][0]
    h = lambda self: __class__
    @staticmethod
    def s(): return __class__.__name__
    class I:
        def f(self): return __class__.__name__
    def nested(self):
        class N:
            def f(self): return __class__
        return N().f().__qualname__, __class__.__name__
print(A().f() is A, A().g() is A, A().h() is A, A.s(), A.I().f(), A().nested(), A.f.__code__.co_freevars, '__classcell__' in A.__dict__)
class B(A): pass
print(B().f() is A)
class C:
    def f(self): return __class__
    __class__ = 'assigned'
print(C.__dict__['__class__'], C.f(None).__name__)
class Meta(type):
    def __new__(m, n, b, ns):
        print(sorted(k for k in ns if k == '__classcell__')); return super().__new__(m, n, b, ns)
class D(metaclass=Meta):
    def f(self): return __class__
class E(metaclass=Meta): pass
class Drop(type):
    def __new__(m, n, b, ns): ns.pop('__classcell__', None); return super().__new__(m, n, b, ns)
try:
    class F(metaclass=Drop):
        def f(self): return super()
except RuntimeError as e: print(str(e)[:60])
class Wrong(type):
    def __new__(m, n, b, ns): ns['__classcell__'] = 5; return super().__new__(m, n, b, ns)
try:
    class G(metaclass=Wrong):
        def f(self): return __class__
except TypeError as e: print(e)
try:
    class H:
        __class__
except NameError as e: print(e)
class Early(type):
    def __init__(cls, *a): print(cls.f(None) is cls)
class J(metaclass=Early):
    def f(self): return __class__
def copyf(f):
    class K: g = f
    return K().g()
print(copyf(A.f) is A)
