# Decorators: order, arguments, arbitrary expressions, on functions and classes.
def tag(n):
    def deco(f):
        print("decorating", getattr(f, '__name__', f), "with", n)
        def wrapper(*a, **k): return n, f(*a, **k)
        return wrapper
    return deco
@tag(1)
@tag(2)
def f(x): return x * 2
print(f(5), f.__name__)
@str
def s(): pass
print(s.startswith('<function s at'))
@lambda f: 42
def n(): pass
print(n)
ds = [tag('list')]
@ds[0]
def g(): return 'g'
print(g())
@(tag('cond') if True else None)
def h(): return 'h'
print(h())
@(w := tag('walrus'))
def i(): return 'i'
print(i(), callable(w))
class D:
    def __init__(self, f): self.f = f; self.n = 0
    def __call__(self, *a): self.n += 1; return self.f(*a), self.n
    def __get__(self, o, t=None): import functools; return functools.partial(self, o)
    def method(self, f): return lambda *a: ('via method', f(*a))
@D
def j(x): return x
print(j(1), j(2), j.n)
@j.method
def k(): return 'k'
print(k())
class C:
    @D
    def m(self, x): return type(self).__name__, x
    def local(f): return lambda self: ('local', f(self))
    @local
    def l(self): return 'l'
    @staticmethod
    @tag('st')
    def st(x): return x
    @classmethod
    @tag('cl')
    def cl(cls): return cls.__name__
print(C().m(3), C().l(), C.st(4), C.cl())
def addattr(cls): cls.added = True; return cls
@addattr
class E: pass
print(E.added)
@(lambda c: [c.__name__])
class F: pass
print(F)
@D
class G:
    def __init__(self, v=0): self.v = v
print(type(G).__name__, G(5)[0].v)
try:
    @undefined_decorator
    def q(): print("unreached")
except NameError as e: print(e)
try: q
except NameError as e: print(e)
try:
    @None
    def r(): pass
except TypeError as e: print(e)
