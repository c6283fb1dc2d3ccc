# Class definition, instances, attributes, class vs instance state.
class A:
    x = 1
    items = []
    def __init__(self, v=0): self.v = v
    def get(self): return self.v, self.x
a, b = A(1), A(2)
print(a.get(), b.get(), A.x, a.x); a.x = 5; print(a.x, b.x, A.x, a.__dict__); A.x = 9; print(a.x, b.x); del a.x; print(a.x)
a.items.append(1); print(b.items, A.items is a.items)
print(type(a) is A, isinstance(a, A), A.__name__, A.__qualname__, A.__module__, A.__bases__, A.__mro__, A.__doc__, A.__dict__.keys() >= {'x', 'items', 'get'})
A.new = lambda self: ('new', self.v); print(a.new(), b.new())
for f in (lambda: a.zzz, lambda: A.zzz, lambda: delattr(a, 'zzz'), lambda: delattr(A, 'zzz'), lambda: A(1, 2), lambda: a(), lambda: A.get()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class E: pass
class F(): pass
class G(A, object): y = A.x
print(E.__bases__, F.__bases__, G.y, G().v, issubclass(G, A))
class H:
    n = 0
    for n in range(3): pass
    if n: m = 'yes'
    def f(): return 'plain'
    g = f()
print(H.n, H.m, H.g, H.f())
def factory(n):
    class Made:
        val = n
        def get(self): return n, self.val
    return Made
M1, M2 = factory(1), factory(2); print(M1().get(), M2().get(), M1 is M2, M1.__qualname__)
class Empty: ...
e = Empty(); e.a, e.b = 1, 2; print(vars(e)); e.__dict__ = {'z': 3}; print(e.z, hasattr(e, 'a')); e.__dict__['w'] = 4; print(e.w)
try: e.__dict__ = 5
except TypeError as x: print(x)
del e.__dict__; print(e.__dict__); A.__name__ = 'Renamed'; print(A.__name__, type(a).__name__, A.__qualname__)
class K: print('body runs', __qualname__)
x = [type('T%d' % i, (), {})() for i in range(3)]; print([type(t).__name__ for t in x])
