# Metaclasses: __new__, __init__, __call__, __prepare__, keyword arguments, conflicts, derivation.
# needs: 3.13
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **k): print('prepare', name, [b.__name__ for b in bases], k); return {'injected': 1}
    def __new__(m, name, bases, ns, **k): print('new', name, sorted(x for x in ns if not x.startswith('__')), k); return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **k): print('init', name, k); super().__init__(name, bases, ns)
    def __call__(cls, *a, **k): print('call', cls.__name__, a, k); return super().__call__(*a, **k)
    def __repr__(cls): return f'<Meta {cls.__name__}>'
    def __len__(cls): return 42
    def __iter__(cls): return iter('meta')
    def __contains__(cls, x): return x == 'in'
    def __getitem__(cls, k): return ('item', k)
    def __bool__(cls): return False
    prop = property(lambda cls: 'prop of ' + cls.__name__)
    x = 'meta x'
class A(metaclass=Meta, flag=True):
    y = injected + 1
    def __init__(self, v=0): self.v = v
class B(A, opt=5): x = 'B x'
print(A, [B], A.y, A.injected, A(3).v, len(A), list(A), 'in' in A, A[1], bool(A), A.prop, A.x, B.x, type(B) is Meta, isinstance(A, Meta))
try: A().prop
except AttributeError as e: print(e)
try: len(A())
except TypeError as e: print(e)
class M1(type): pass
class M2(type): pass
class M12(M1, M2): pass
class C1(metaclass=M1): pass
class C2(metaclass=M2): pass
try:
    class C3(C1, C2): pass
except TypeError as e: print(e)
class C4(C1, C2, metaclass=M12): pass
print(type(C4).__name__, type(type('C5', (C4,), {})).__name__)
class FnMeta(metaclass=lambda n, b, ns, **k: (n, b, sorted(ns)[:2], k), kw=1): z = 1
print(FnMeta)
class Ord(type):
    @classmethod
    def __prepare__(m, n, b):
        class D(dict):
            def __setitem__(self, k, v): print('define', k) if not k.startswith('__') else None; super().__setitem__(k, v)
        return D()
class O(metaclass=Ord):
    a = 1
    def f(self): pass
    a = 2
for bad in (5, None):
    class BadPrep(type):
        __prepare__ = classmethod(lambda m, n, b: bad)
    try:
        class X(metaclass=BadPrep): pass
    except TypeError as e: print(e)
class Sing(type):
    _i = {}
    def __call__(cls, *a):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a)
        return cls._i[cls]
class S(metaclass=Sing): pass
print(S() is S())
try:
    class K(object, foo=1): pass
except TypeError as e: print(e)
try:
    class L(metaclass=5): pass
except TypeError as e: print(e)
class NotType(metaclass=str if False else type): pass
print(type(NotType)); print(Meta.__call__.__qualname__, type.__call__(Meta, 'Dyn', (), {}))
