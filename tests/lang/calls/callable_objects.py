# __call__ on instances, classes and their metaclass; looked up on the type.
class A:
    def __call__(self, *a, **k): return 'A', a, k
a = A()
print(a(), a(1, x=2), callable(a), callable(A), callable(5), callable(print), callable(lambda: 0))
a.__call__ = lambda: 'instance'
print(a(), a.__call__())
class B: pass
b = B(); b.__call__ = lambda: 1
try: b()
except TypeError as e: print(e, callable(b))
class Meta(type):
    def __call__(cls, *a, **k):
        print("Meta.__call__", cls.__name__, a, k)
        return super().__call__(*a, **k)
class C(metaclass=Meta):
    def __new__(cls, *a): print("new", a); return super().__new__(cls)
    def __init__(self, *a): print("init", a)
C(1, 2)
class D:
    def __new__(cls): return 42
    def __init__(self): print("never")
print(D())
class E:
    def __init__(self): return 5
try: E()
except TypeError as e: print(e)
class N:
    __call__ = None
try: N()()
except TypeError as e: print(e)
class S:
    @staticmethod
    def __call__(x): return 'static', x
class K:
    @classmethod
    def __call__(cls, x): return cls.__name__, x
class P:
    __call__ = A()
print(S()(1), K()(2), P()(3))
m = a.__class__.__call__
print(m(a, 5), A.__call__(a, 6), type(a).__call__.__get__(a)(7))
print(int.__call__('5'), type.__call__(int, '6'), print.__call__('x'), (lambda: 3).__call__(), list.append.__call__([], 1))
