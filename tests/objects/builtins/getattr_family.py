# getattr, setattr, hasattr, delattr, vars, dir.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

class A:
    x = 1
    def __init__(self): self.y = 2
    @property
    def bad(self): raise ValueError('prop')
    @property
    def noattr(self): raise AttributeError('inner')
a = A()
err(getattr, a, 'x'); err(getattr, a, 'y'); err(getattr, a, 'z'); err(getattr, a, 'z', 'd'); err(getattr, a, 'bad'); err(getattr, a, 'bad', 1); err(getattr, a, 'noattr', 'default'); err(getattr, a, 5); err(getattr, a); err(getattr, a, 'é', None); err(getattr, a, 'a b', 0); err(getattr, 5, 'real'); err(getattr, int, 'zz')
err(hasattr, a, 'x'); err(hasattr, a, 'z'); err(hasattr, a, 'noattr'); err(hasattr, a, 'bad'); err(hasattr, a, 5); err(hasattr, a)
err(setattr, a, 'new', 5); err(getattr, a, 'new'); err(setattr, a, 5, 1); err(setattr, 5, 'x', 1); err(setattr, a, 'bad', 1); err(setattr, a, 'x'); err(setattr, A, 'cls', 1); err(getattr, a, 'cls'); err(setattr, a, 'with space', 1); err(setattr, a, '', 2); err(getattr, a, '')
err(delattr, a, 'new'); err(delattr, a, 'new'); err(delattr, a, 'x'); err(delattr, A, 'cls'); err(delattr, a, 5); err(delattr, [], 'append'); err(delattr, int, 'real')
err(vars, a); err(vars, 5); err(vars, []); err(vars, 1, 2); print('x' in vars(A), type(vars(A)).__name__)
class S: __slots__ = ('p',)
err(vars, S()); err(lambda: 'p' in dir(S())); err(dir, 1, 2)
class D:
    def __dir__(self): return ('z', 'y')
class DB:
    def __dir__(self): return 5
class Dm:
    def __dir__(self): return [3, 'a']
err(dir, D()); err(dir, DB()); err(dir, Dm()); print([n for n in dir(a) if not n.startswith('__')], [n for n in dir(A) if n[0] != '_'], 'append' in dir([]), '__mro__' in dir(int), 'mro' in dir(type), sorted(set(dir(5)) & {'real', 'bit_length', 'imag'}))
def f():
    q = w = 1
    return dir()
print(f()); import types; m = types.ModuleType('m'); m.b = m.a = 1; print([n for n in dir(m) if n[0] != '_'])
class P(A):
    z = 3
p = P(); p.own = 1; print([n for n in dir(p) if n[0] != '_']); p.__dict__['5'] = 1; print('5' in dir(p), getattr(p, '5'))
class L(str): pass
print(getattr(a, L('x')), hasattr(a, L('x'))); setattr(a, L('sub'), 1); print(a.sub)
