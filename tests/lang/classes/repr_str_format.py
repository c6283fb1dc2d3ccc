# Default and custom repr/str/format/bytes/dir/sizeof on instances and classes.
# needs: 3.13
class A: pass
class R:
    def __repr__(self): return 'R()'
class S:
    def __str__(self): return 'S!'
class F:
    def __format__(self, s): return 'F:' + s
class By:
    def __bytes__(self): return b'by'
class Dr:
    def __dir__(self): return ['z', 'a', 'm']
class BadDir:
    def __dir__(self): return [1, 'a']
print(repr(A), str(A), repr(A())[:19], str(R()), [R()], f'{R()!s:>5}', f'{R():>5}' if False else '', S(), repr(S())[:12], f'{F():abc}', format(F(), 'x'), bytes(By()), dir(Dr()))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: dir(BadDir())); t(lambda: format(A(), 'x')); t(lambda: format(R(), '>5')); t(lambda: f'{A():5}')
class BadB:
    def __bytes__(self): return 'str'
class BadR:
    def __repr__(self): return 5
class BadS:
    def __str__(self): return b'x'
class BadF:
    def __format__(self, s): return None
t(lambda: bytes(BadB())); t(lambda: repr(BadR())); t(lambda: str(BadS())); t(lambda: format(BadF())); t(lambda: f'{BadR()}'); t(lambda: [BadR()]); t(lambda: print(BadS())); t(lambda: '%s' % BadS()); t(lambda: '%r' % BadR())
class Rec:
    def __init__(self): self.l = [self]
    def __repr__(self): return f'Rec({self.l!r})'
t(lambda: len(repr(Rec())) > 0)
class Sub(R): pass
print(Sub(), type(Sub()).__name__, A.__repr__ is object.__repr__, object.__str__(R()), object.__format__(R(), ''), A.f if hasattr(A, 'f') else 'no f')
class Outer:
    class Inner:
        def m(self): pass
    def meth(self): pass
print(repr(Outer.Inner), Outer.Inner.__qualname__, repr(Outer.meth)[:22], repr(Outer().meth)[:26], repr(Outer.Inner.m)[:26])
print(repr(len), repr([].append)[:31], repr(str.upper), repr(int.__add__), repr((5).__add__)[:31], repr(int.real), repr(type(A).__dict__['__mro__']), repr(A.__dict__)[:12], repr(property)) 
print(sorted(set(dir(A())) - set(dir(object()))), 'a' in dir(type('X', (), {'a': 1})), A.__sizeof__(A()) > 0)
