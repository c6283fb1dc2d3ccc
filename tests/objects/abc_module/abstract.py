# ABCMeta, abstractmethod, register, __subclasshook__.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from abc import ABC, ABCMeta, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): return 'A.f'
    @property
    @abstractmethod
    def p(self): pass
class B(A):
    def f(self): return super().f() + '!'
class C(B): p = 5
class V: pass
A.register(V)
class H(ABC):
    @classmethod
    def __subclasshook__(cls, c): return hasattr(c, 'quack') or NotImplemented
class D: quack = 1
show(r"""
C().f(), C().p, isinstance(V(), A), issubclass(V, A), A.__abstractmethods__ == {'f', 'p'}, B.__abstractmethods__, isinstance(D(), H), issubclass(int, H), A.register(list) is list, isinstance([], A), type(A).__name__
A()
B()
A.register(5)
isinstance(C(), A), issubclass(A, C), isinstance(5, A)
class_ if False else ABCMeta('X', (), {})().__class__.__name__
""")
