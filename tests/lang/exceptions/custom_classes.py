# User exception classes: args, str, repr, extra state, hierarchy, pickled form.
class A(Exception): pass
class B(A):
    def __init__(self, code, msg='default'): self.code = code; super().__init__(msg)
class C(B):
    def __str__(self): return f'C<{self.code}>'
class D(Exception):
    def __init__(self): pass
class K(KeyError):
    def __str__(self): return 'plain'
class M(ValueError, KeyError): pass
for e in (A(), A(1), A(1, 2), A('x'), A([1]), B(5), B(5, 'm'), C(7), D(), K('k'), M('m'), KeyError('k'), KeyError(), KeyError(1, 2), KeyError(''), A(None), A(''), A('a\nb'), Exception(Exception('inner')), A((1,))):
    print(str(e), '|', repr(e), '|', e.args)
try: raise C(1)
except B as e: print(type(e).__name__, e, e.code)
print(M.__mro__[1].__name__, isinstance(M(), LookupError), issubclass(M, ValueError), A.__name__, A.__bases__, [c.__name__ for c in C.__mro__])
try: raise M('z')
except KeyError as e: print(e)
try:
    class Bad(ValueError, OSError, TypeError): pass
    print('ok', Bad.__mro__[1].__name__)
except TypeError as e: print(e)
try:
    class Bad(OSError, UnicodeError): pass
except TypeError as e: print(e)
e = A(1, 2); e.args = [3, 4]; print(e, e.args, repr(e)); e.args = 'ab'; print(e.args); e.extra = 1; print(e.__dict__, vars(e))
print(A(1).__reduce__(), B(5).__reduce__(), A(1) == A(1), hash(A()) is not None)
e = A(); e.__setstate__({'x': 5}); print(e.x)
try: e.__setstate__(5)
except TypeError as x: print(x)
try: A(x=1)
except TypeError as x: print(x)
class Kw(Exception):
    def __init__(self, *a, **k): super().__init__(*a); self.k = k
print(Kw(1, z=2).k, Kw(1, z=2).args)
class Sl(Exception): __slots__ = ('q',)
s = Sl(1); s.q = 2; s.other = 3; print(s.q, s.other, s.__dict__)
class NoSuper(Exception):
    def __init__(self, a, b): self.a = a
print(NoSuper(1, 2).args, str(NoSuper(1, 2)), repr(NoSuper('x', 2)))
class Meta(type):
    def __subclasscheck__(cls, s): print('checked'); return True
    def __instancecheck__(cls, i): return True
class Any(Exception, metaclass=Meta): pass
try:
    try: raise ValueError
    except Any: print('matched by metaclass')
except ValueError: print('not matched')
