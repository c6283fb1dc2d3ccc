# super in all forms: zero-argument, explicit, unbound, in classmethods, properties and nested functions.
# needs: 3.13
class A:
    attr = 'A attr'
    def m(self): return 'A.m'
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    @staticmethod
    def s(): return 'A.s'
    @property
    def p(self): return 'A.p'
    def __getitem__(self, i): return ('A item', i)
    def __add__(self, o): return 'A+'
class B(A):
    attr = 'B attr'
    def m(self): return 'B>' + super().m()
    @classmethod
    def c(cls): return 'B>' + super().c()
    @staticmethod
    def s(): return 'B>' + A.s()
    @property
    def p(self): return 'B>' + super().p
    def old(self): return super(B, self).m(), super(B, type(self)).c(), super(A, self).__repr__()[:3]
    def nested(self):
        def inner(): return super(B, self).m()
        return inner(), (lambda: super(__class__, self).m())(), [super(B, self).m() for _ in 'a']
    def attrs(self): return super().attr, super().s(), super().__getitem__(3)
    def klass(self): return __class__.__name__, super().__class__.__name__, super().__thisclass__.__name__, super().__self__ is self, super().__self_class__.__name__
class C(B): pass
c = C()
print(c.m(), c.c(), C.c(), c.s(), c.p, c.old(), c.nested(), c.attrs(), c.klass())
def err(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
def outside(self): return super().m()
err(outside, c); err(lambda: super()); err(super, 5); err(super, B, 5); err(super, A, A()); err(super, 1, 2); err(super, B, A()); err(super, A, B, C)
class D(A):
    def noargs(): return super()
    def rebind(self): self = 5; return super().m()
    def delself(self): del self; return super().m()
    def star(*args): return super().m()
    def missing(self): return super().nothing
    def item(self): return super()[0]
    def setit(self): super().z = 1
    def gen(self): yield super().m()
    def comp(self): return [super().m() for _ in range(1)]
    f = lambda self: super().m()
d = D(); err(D.noargs); err(d.rebind); err(d.delself); err(d.star); err(d.missing); err(d.item); err(d.setit); err(lambda: list(d.gen())); err(d.f); err(D.star)
u = super(B); print(repr(u), u.__self__, u.__get__(c, C).m()); print(repr(super(B, c))[:30], super(B, C).c(), super(B, C).m(c))
class E(A): x = super; y = 5
err(lambda: E.x); print(hasattr(super(D, d), 'm'), getattr(super(D, d), 'zz', 'dflt'))
class F(A):
    def m(self):
        super = lambda: A()
        return 'shadow ' + super().m()
print(F().m())
class G(int):
    def __new__(cls, v): return super().__new__(cls, v * 2)
    def __init__(self, v): super().__init__()
    def __init_subclass__(cls, **k): super().__init_subclass__(**k); print('sub', cls.__name__)
class H(G): pass
print(G(5), H(6))
