# __init_subclass__ and __set_name__: arguments, order, inheritance and errors.
class Base:
    registry = {}
    def __init_subclass__(cls, /, key=None, **kw):
        print('init_subclass', cls.__name__, key, kw, 'attr' in cls.__dict__)
        super().__init_subclass__(**kw)
        Base.registry[key or cls.__name__] = cls
class A(Base, key='a'): attr = 1
class B(A): pass
class C(B, key='c'): pass
print(sorted(Base.registry), Base.registry['a'] is A)
try:
    class D(Base, bad=1): pass
except TypeError as e: print(e)
try:
    class E(unknown=1): pass
except TypeError as e: print(e)
try: object.__init_subclass__(1)
except TypeError as e: print(e)
print(object.__init_subclass__(), type(Base.__dict__['__init_subclass__']).__name__)
class Mix1:
    def __init_subclass__(cls, a=None, **k): print('Mix1', a); super().__init_subclass__(**k)
class Mix2:
    def __init_subclass__(cls, b=None, **k): print('Mix2', b); super().__init_subclass__(**k)
class F(Mix1, Mix2, a=1, b=2): pass
class Order:
    def __set_name__(self, o, n): print('set_name', n)
class Parent:
    def __init_subclass__(cls): print('then init_subclass', cls.__name__)
class G(Parent):
    p, q = Order(), Order()
class Meta(type):
    def __new__(m, n, b, ns, **k): print('before'); c = super().__new__(m, n, b, ns, **k); print('after'); return c
    def __init__(c, n, b, ns, **k): print('meta init')
class H(Base, metaclass=Meta, key='h'): pass
T = type('T', (Base,), {}, key='dyn'); print(Base.registry['dyn'] is T)
class Raise:
    def __init_subclass__(cls): raise ValueError('no subclasses')
try:
    class I(Raise): pass
except ValueError as e: print(e)
class Plug:
    plugins = []
    @classmethod
    def __init_subclass__(cls, **k): cls.plugins.append(cls.__name__)
class P1(Plug): pass
class P2(P1): pass
print(Plug.plugins)
