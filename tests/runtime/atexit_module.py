# atexit: order, arguments, unregister, errors.
import atexit, sys
def f(*a, **k): print('called', a, k)
print(atexit.register(f, 1, x=2) is f)
atexit.register(f, 'gone'); atexit.unregister(f)
@atexit.register
def last(): print('first registered, last run')
atexit.register(f, 'a', b='c')
def bad(): raise ValueError('in atexit')
sys.unraisablehook = lambda u: print('unraisable', u.exc_type.__name__, u.exc_value)
atexit.register(bad)
try: atexit.register(5)
except TypeError as e: print('TypeError', e)
try: atexit.register()
except TypeError as e: print('TypeError', e)
print('end of main')
