# Errors of with: missing methods, exceptions in enter and exit, order.
# needs: 3.14
def t(f):
    try: f()
    except BaseException as e: print(type(e).__name__, e, '| ctx', repr(e.__context__))
class NoEnter:
    def __exit__(self, *a): pass
class NoExit:
    def __enter__(self): print('never entered')
class InstEnter:
    def __init__(self): self.__enter__ = self.__exit__ = lambda *a: None
class Enter:
    def __enter__(self): raise ValueError('in enter')
    def __exit__(self, *a): print('never')
class Exit:
    def __enter__(self): return self
    def __exit__(self, *a): print('exit sees', a[0]); raise KeyError('in exit')
class Reraise:
    def __enter__(self): pass
    def __exit__(self, t, v, tb): raise v
class BadBool:
    def __enter__(self): pass
    def __exit__(self, *a):
        class B:
            def __bool__(self): raise OSError('bool')
        return B()
def use(c, exc=None):
    def f():
        with c:
            if exc: raise exc
    return f
for c in (NoEnter(), NoExit(), InstEnter(), 5, None, 'a', object): t(use(c))
t(use(Enter())); t(use(Exit())); t(use(Exit(), IndexError('body'))); t(use(Reraise(), ValueError('v'))); t(use(BadBool())); t(use(BadBool(), ValueError('b')))
class Log:
    def __init__(self, n): self.n = n
    def __enter__(self): print('enter', self.n); return self
    def __exit__(self, *a): print('exit', self.n, repr(a[1]))
def multi():
    with Log(1), Enter(), Log(2): print('no')
t(multi)
def asfail():
    with Log('as') as (a, b): print('no')
t(asfail)
def order():
    with Log('x') as a, Log(a.n + 'y') as b: print(b.n); raise ValueError
t(order)
def gen():
    with Log('gen'): yield 1
g = gen(); next(g); g.close()
def nested():
    with Exit(), Exit(): raise TypeError('deep')
t(nested)
import sys
class State:
    def __enter__(self): return self
    def __exit__(self, *a): print(sys.exc_info()[0], a[0]); return True
with State(): raise IndexError
with State(): pass
print(sys.exc_info())
