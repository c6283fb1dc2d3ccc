# __getattr__, __getattribute__, __setattr__, __delattr__: order and errors.
# needs: 3.13
class G:
    real = 'class'
    def __init__(self): self.inst = 'inst'
    def __getattr__(self, n):
        if n == 'bad': raise AttributeError('custom ' + n)
        if n == 'boom': raise ValueError('boom')
        return 'fallback ' + n
g = G(); print(g.real, g.inst, g.other, getattr(g, 'x'), getattr(g, 'bad', 'default'), hasattr(g, 'bad'), hasattr(g, 'any'))
for n in ('bad', 'boom'):
    try: getattr(g, n)
    except Exception as e: print(type(e).__name__, e)
try: hasattr(g, 'boom')
except ValueError: print('hasattr lets ValueError out')
class A:
    x = 1
    def __getattribute__(self, n):
        print('get', n, end='; ')
        return super().__getattribute__(n)
    def __getattr__(self, n): print('getattr', n, end='; '); return 'from getattr'
    def m(self): return 'm'
a = A(); print(a.x); print(a.y); print(a.m()); print(a.__class__.__name__); print(len(str(a)) > 0)
class P:
    @property
    def p(self): raise AttributeError('inside property')
    def __getattr__(self, n): return 'rescued ' + n
print(P().p)
class S:
    def __setattr__(self, n, v): print('set', n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n); object.__delattr__(self, n)
s = S(); s.a = 1; s.a += 1; setattr(s, 'b', 3); del s.a; print(s.__dict__); s.__dict__['c'] = 5; print(s.c)
try: del s.zz
except AttributeError as e: print(e)
class L(list): pass
l = L(); l.attr = 1; print(l.attr, l)
for f in (lambda: setattr([], 'x', 1), lambda: setattr(5, 'real', 1), lambda: setattr(object(), 'x', 1), lambda: setattr(int, 'x', 1), lambda: delattr(int, 'real'), lambda: setattr(g, 5, 1), lambda: getattr(g, 5), lambda: setattr(len, 'x', 1), lambda: (lambda: 0).zz, lambda: setattr(g, '__class__', 5), lambda: setattr('', '__doc__', 1), lambda: delattr(g, '__class__')):
    try: f()
    except Exception as e: print(type(e).__name__, e)
setattr(g, 'not an identifier', 1); print(getattr(g, 'not an identifier'), vars(g)['not an identifier'])
g.__getattr__ = lambda n: 'instance level ignored'; print(g.whatever)
class R:
    def __getattribute__(self, n): raise AttributeError('never ' + n)
try: R().x
except AttributeError as e: print(e)
print(object.__getattribute__(g, 'inst'), type.__getattribute__(G, 'real'), G.__getattribute__ is object.__getattribute__)
