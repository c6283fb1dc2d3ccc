# property: getter, setter, deleter, inheritance, docs, errors, names.
# needs: 3.13
class A:
    def __init__(self): self._x = 1
    @property
    def x(self): "x doc"; return self._x
    @x.setter
    def x(self, v): print('set', v); self._x = v
    @x.deleter
    def x(self): print('del'); del self._x
    @property
    def ro(self): return 'ro'
    wo = property(None, lambda self, v: print('wo', v))
    nothing = property()
    noname = property(lambda self: 'nn', doc='explicit')
a = A(); print(a.x); a.x = 5; a.x += 1; print(a.x); del a.x
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: a.x); t(lambda: setattr(a, 'ro', 1)); t(lambda: delattr(a, 'ro')); t(lambda: a.wo); a.wo = 3; t(lambda: delattr(a, 'wo')); t(lambda: a.nothing); t(lambda: setattr(a, 'nothing', 1)); t(lambda: a.noname); t(lambda: delattr(a, 'noname'))
print(A.x.__doc__, A.noname.__doc__, A.ro.__doc__, A.x.fget.__name__, A.ro.fset, A.wo.fget, type(A.x).__name__, A.x.__isabstractmethod__)
t(lambda: setattr(A.x, 'fget', 1)); t(lambda: property(1, 2, 3, 4, 5)); t(lambda: property(5).__get__(1)); t(lambda: property(lambda s: s).__get__(5, int)); t(lambda: property(lambda s: s).__get__(None, int) is not None); t(lambda: property(foo=1))
class B(A):
    @A.x.getter
    def x(self): return 'B getter'
    @property
    def ro(self): return 'B>' + super().ro
b = B(); print(b.x, b.ro); b.x = 9
class C:
    def __init__(self): self.__dict__['p'] = 'shadow'
    @property
    def p(self): return 'property wins'
print(C().p)
class P(property):
    "sub doc"
    def __get__(self, o, t=None): return ('P', super().__get__(o, t)) if o is not None else self
class D:
    @P
    def q(self): "q doc"; return 1
print(D().q, type(D.q).__name__, D.q.__doc__)
p = property(lambda s: 1); p2 = p.setter(lambda s, v: None); print(p is p2, p2.fget is p.fget, p.fset, p2.fset is not None); p.__doc__ = 'can set'; print(p.__doc__)
class E: __slots__ = ('_v',); v = property(lambda s: s._v, lambda s, x: setattr(s, '_v', x))
e = E(); e.v = 3; print(e.v)
class F:
    @classmethod
    def make(cls): return cls.__name__
    @staticmethod
    @property
    def weird(): return 1
print(F.make(), type(F.weird).__name__)
