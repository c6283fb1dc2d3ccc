# Messages for missing, surplus, duplicate and unexpected arguments.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c): pass
def f4(a, b=1): pass
def k1(*, a): pass
def k2(*, a, b, c): pass
def p1(a, /): pass
def p2(a, b, /, c): pass
def v(a, *args): pass
def m(a, b=1, *, c, d=2): pass
err(f0, 1); err(f0, 1, 2); err(f0, x=1); err(f1); err(f1, 1, 2); err(f1, 1, a=2); err(f1, b=1); err(f1, 1, b=1)
err(f2); err(f2, 1); err(f2, b=1); err(f2, 1, 2, 3); err(f3); err(f3, 1); err(f3, 1, 2); err(f3, b=2); err(f3, *range(10))
err(f4); err(f4, 1, 2, 3); err(f4, b=2); err(f4, 1, 2, b=3)
err(k1); err(k1, 1); err(k1, a=1, b=2); err(k1, 1, a=2); err(k2); err(k2, a=1); err(k2, a=1, b=2); err(k2, c=1); err(k2, 1, 2)
err(p1); err(p1, a=1); err(p1, 1, 2); err(p1, 1, a=2); err(p2, 1, b=2, c=3); err(p2, a=1, b=2, c=3); err(p2, 1); err(p2, 1, 2)
err(v); err(v, a=1); err(v, 1, a=2); err(m); err(m, 1); err(m, 1, 2, 3); err(m, 1, 2, 3, c=4); err(m, 1, c=2, e=3); err(m, c=1)
err(lambda: 0, 1); err(lambda x: x); err(lambda *, k: k)
class A:
    def __init__(self, x): pass
    def meth(self, y): pass
    def noself(): pass
    @staticmethod
    def st(a): pass
    @classmethod
    def cl(cls, a): pass
err(A); err(A, 1, 2); err(A(1).meth); err(A(1).meth, 1, 2); err(A(1).noself); err(A.st); err(A.cl); err(A.cl, 1, 2); err(A.meth); err(A(1).meth, z=1)
class B: pass
err(B, 1); err(B, x=1); err(object, 1)
def outer():
    def inner(a): pass
    return inner
err(outer()); err(outer(), 1, 2); err(f1, **{'a b': 1}); err(f2, 1, **{'a': 5})
