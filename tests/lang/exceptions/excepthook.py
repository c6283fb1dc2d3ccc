# sys.excepthook prints what an uncaught error would; overriding it; sys.exc_info and sys.exception.
# needs: 3.13
import sys, io
def hook(f):
    old, sys.stderr = sys.stderr, io.StringIO()
    try:
        try: f()
        except BaseException: sys.excepthook(*sys.exc_info())
        return sys.stderr.getvalue().replace(__file__, 'FILE')
    finally: sys.stderr = old
class E(Exception):
    def __str__(self): raise ValueError
class Mod(Exception): pass
Mod.__module__ = 'some.module'
class Empty(Exception): pass
class Outer:
    class Inner(Exception): pass
def r(e): raise e
for e in (ValueError('msg'), ValueError(), E(), Mod('m'), Empty(''), Outer.Inner('i'), KeyError('k'), SyntaxError('bad'), SystemExit(3), KeyboardInterrupt(), ValueError('multi\nline'), ValueError('é'), Exception(1, 2)):
    print(hook(lambda: r(e)).splitlines()[3:])
def rec(n): rec(n - 1) if n else 1 / 0
print(hook(lambda: rec(20)).count('rec(n - 1)'))
print(sys.exc_info())
try: 1 / 0
except ZeroDivisionError as e:
    t, v, tb = sys.exc_info(); print(t.__name__, v is e, tb is e.__traceback__, sys.exception() is e if hasattr(sys, 'exception') else True)
print(sys.exc_info(), sys.__excepthook__ is sys.excepthook)
def gen():
    try: raise KeyError('g')
    except KeyError:
        yield sys.exc_info()[0].__name__
        yield sys.exc_info()[0].__name__
g = gen(); print(next(g), sys.exc_info()[0])
try: raise ValueError
except ValueError: print(next(g), sys.exc_info()[0].__name__)
