# Data and non-data descriptors: precedence, __get__ arguments, __set__, __delete__, __set_name__.
# needs: 3.12
class Data:
    def __get__(self, o, t=None): return ('data get', o is None, t.__name__)
    def __set__(self, o, v): print('data set', v)
    def __delete__(self, o): print('data del')
class NonData:
    def __get__(self, o, t=None): return ('nondata', o is None, t.__name__)
class SetOnly:
    def __set__(self, o, v): o.__dict__['so'] = ('via set', v)
class A:
    d = Data(); n = NonData(); so = SetOnly()
a = A()
print(a.d, A.d, a.n, A.n); a.d = 5; del a.d; a.__dict__.update(d='dict d', n='dict n'); print(a.d, a.n); del a.n; print(a.n)
print(type(a.so).__name__); a.so = 3; print(a.so)
try: del a.so
except AttributeError as e: print(e)
a.n = 'instance'; print(a.n, A.n); A.d = 'replaced'; print(a.d)
class Named:
    def __set_name__(self, owner, name): print('set_name', owner.__name__, name); self.name = name
    def __get__(self, o, t): return self if o is None else o.__dict__.get(self.name, 'unset')
    def __set__(self, o, v): o.__dict__[self.name] = v * 2
class B:
    x = Named(); y = z = Named()
b = B(); print(b.x); b.x = 5; print(b.x, b.__dict__); b.z = 1; print(b.y, b.z, B.x.name, B.y.name)
B.late = Named(); print(hasattr(B.late, 'name'))
class Bad:
    def __set_name__(self, o, n): raise ValueError('in set_name')
try:
    class C: q = Bad()
except Exception as e: print(type(e).__name__, e, getattr(e, '__notes__', None))
class Meta(type): m = Data(); k = NonData()
class D(metaclass=Meta): k = 'class attr'
print(D.m, D.k); D.m = 1
try: D().m
except AttributeError as e: print(e)
class RaiseGet:
    def __get__(self, o, t): raise AttributeError('from get')
class E:
    r = RaiseGet()
    def __getattr__(self, n): return 'getattr ' + n
print(E().r)
class NoGet:
    __get__ = None
class F: n = NoGet()
try: F().n
except TypeError as e: print(e)
f = lambda self: self; print(f.__get__(5)(), f.__get__(None, int) is f, f.__get__(5, int).__self__)
try: f.__get__(None)
except TypeError as e: print(e)
class InstGet:
    def __init__(self): self.__get__ = lambda *a: 'never'
class H: i = InstGet()
print(type(H().i).__name__)
