# try/except matching: order, tuples, subclass, bare, dynamic expressions, rebinding.
def t(exc, *handlers):
    try:
        try: raise exc
        except handlers[0]: return 'first'
        except (handlers[1], handlers[2]): return 'second'
    except BaseException as e: return 'outer ' + type(e).__name__
print(t(ValueError(), ValueError, KeyError, OSError), t(KeyError(), ValueError, LookupError, OSError), t(IndexError(), LookupError, ValueError, OSError), t(TypeError(), ValueError, KeyError, OSError), t(ValueError, Exception, KeyError, OSError))
def f(x):
    try: return 10 / x
    except ZeroDivisionError: return 'zero'
    except TypeError as e: return 'type ' + str(e)[:11]
    except: return 'other'
print(f(2), f(0), f('a'), f([]))
try: raise KeyError('k')
except (ValueError, (IndexError, (KeyError,))) if False else (ValueError, KeyError) as e: print(repr(e))
def handler(): print('evaluated'); return ValueError
try: pass
except handler(): pass
try: raise ValueError
except handler(): print('caught')
for bad in (5, 'ValueError', None, [ValueError], (ValueError, 5), int, object()):
    try:
        try: raise KeyError
        except bad: print("no")
    except TypeError as e: print(e)
    except KeyError: print("KeyError passed")
e = 'before'
try: raise ValueError
except ValueError as e: print(repr(e))
try: print(e)
except NameError as n: print(n)
try: raise ValueError
except ValueError as e:
    e = 'rebound'
print('e' in globals())
try:
    try: raise ValueError(1)
    except ValueError as e: del e
    print('deleted fine')
finally: print('end')
