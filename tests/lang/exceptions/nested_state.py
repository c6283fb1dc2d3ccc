# The handled exception is restored through nested handlers, functions, generators and loops.
import sys
cur = lambda: None if sys.exc_info()[0] is None else sys.exc_info()[0].__name__
def inner():
    print('in call', cur())
    try: raise KeyError
    except KeyError: print('own', cur())
    print('restored', cur())
try: raise ValueError
except ValueError:
    inner(); print('still', cur())
    for i in range(2):
        try: raise OSError
        except OSError: print(i, cur())
    print('loop', cur())
    try: pass
    finally: print('fin', cur())
print('out', cur())
def ret():
    try: raise ValueError
    except ValueError: return cur()
print(ret(), cur())
def brk():
    for _ in '1':
        try: raise ValueError
        except ValueError: break
    return cur()
print(brk())
def gen():
    print('gen start', cur())
    try: raise TypeError
    except TypeError:
        print('gen', cur()); yield; print('gen again', cur())
    print('gen after', cur()); yield
g = gen()
try: raise ValueError
except ValueError: next(g); print('caller', cur())
next(g); print('caller', cur())
def fin():
    try:
        try: raise ValueError
        finally: print('in finally', cur())
    except ValueError: print('outer', cur())
fin()
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): print('exit', cur(), a[0] and a[0].__name__); return True
with CM(): raise IndexError
print(cur())
try: raise ValueError
except ValueError:
    with CM(): print('no error inside', cur())
    try: raise
    except ValueError as e: print('re-raised', repr(e))
def deep(n):
    try: raise ValueError(n)
    except ValueError:
        if n: deep(n - 1)
        print(sys.exc_info()[1].args, end=' ')
deep(4); print()
