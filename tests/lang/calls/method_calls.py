# Bound and unbound methods: identity, equality, attributes, via class and super.
# needs: 3.13
class A:
    def m(self, x=0): return (type(self).__name__, x)
    @classmethod
    def c(cls, x=0): return (cls.__name__, x)
    @staticmethod
    def s(x=0): return x
class B(A): pass
a, b = A(), B()
print(a.m(), a.m(1), A.m(a, 2), B.m(b), b.m(x=3), a.c(1), A.c(), B.c(2), b.c(), a.s(4), A.s())
f = a.m
print(f(5), f.__self__ is a, f.__func__ is A.m, f == a.m, f is a.m, f.__name__, f.__qualname__, hash(f) == hash(a.m), a.m == A().m)
print(A.m is A.m, A.c.__self__, A.c.__func__.__name__, B.c.__self__, type(a.s).__name__, type(a.m).__name__, type(A.m).__name__, type(A.c).__name__)
try: A.m()
except TypeError as e: print(e)
try: f.newattr = 1
except AttributeError as e: print(e)
A.m.newattr = 'set'; print(f.newattr, a.m.newattr)
a.m = lambda: 'shadow'; print(a.m()); del a.m; print(a.m())
l = []
app = l.append
for i in range(3): app(i)
print(l, app.__self__ is l, app.__name__, type(app).__name__, app == l.append, [].append == [].append)
print(list.append, type(list.append).__name__, str.upper('abc'), list(map(str.upper, 'xy')), 'a,b'.split(','), ','.join(['a']))
for e in ("list.append(5, 1)", "str.upper(5)", "list.append()", "int.__add__('a', 1)", "dict.get()", "object.__repr__()"):
    try: eval(e)
    except TypeError as x: print(x)
import types
m = types.MethodType(lambda self, y: (self, y), 'obj'); print(m('arg'), m.__self__)
try: types.MethodType(5, 1)
except TypeError as e: print(e)
try: types.MethodType(len, None)
except TypeError as e: print(e)
print(types.MethodType(len, [1, 2, 3])())
class D:
    f = len
    g = lambda self: 'lam'
    h = A
    def __len__(self): return 7
d = D()
print(d.g(), d.f([1, 2]), type(d.h()).__name__)
A.late = lambda self: 'late'; print(a.late(), b.late())
