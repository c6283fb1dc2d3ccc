# Function attributes: names, docs, dict, module, code and their assignment.
def f(a, b=1, *c, d=2, **e):
    "doc of f"
    return a
print(f.__name__, f.__qualname__, f.__module__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__closure__, f.__dict__)
f.x = 1; f.y = [2]; print(f.__dict__, f.x, hasattr(f, 'z'), vars(f))
del f.x; print(f.__dict__)
try: f.x
except AttributeError as e: print(e)
f.__name__ = 'g'; print(f.__name__, f.__qualname__)
f.__qualname__ = 'H.g'; print(str(f)[:13])
f.__doc__ = None; print(f.__doc__); f.__doc__ = 5; print(f.__doc__)
f.__dict__ = {'new': 1}; print(f.new)
f.__module__ = 'elsewhere'; print(f.__module__)
print(f.__globals__ is globals(), f.__builtins__ is __builtins__ or f.__builtins__ is vars(__builtins__))
print(f.__code__.co_name, f.__code__.co_varnames, f.__code__.co_argcount, f.__code__.co_kwonlyargcount)
def one(): return 1
def two(): return 2
one.__code__ = two.__code__; print(one(), one.__name__)
def clo():
    x = 1
    def inner(): return x
    return inner
c = clo()
print(c.__closure__[0].cell_contents, c.__qualname__, c.__code__.co_freevars)
try: one.__code__ = c.__code__
except ValueError as e: print(e)
import types
h = types.FunctionType(two.__code__, {}, 'renamed', None, None); print(h(), h.__name__, h.__qualname__)
k = types.FunctionType((lambda a, b: (a, b)).__code__, globals(), 'k', (5,)); print(k(1), k.__defaults__)
cl = types.FunctionType(c.__code__, {}, 'cl', None, (types.CellType(99),)); print(cl())
for bad in ("types.FunctionType()", "types.FunctionType(1, {})", "types.FunctionType(two.__code__, 5)", "types.FunctionType(c.__code__, {})", "types.FunctionType(two.__code__, {}, 5)"):
    try: eval(bad)
    except TypeError as e: print(e)
print(type(f) is types.FunctionType, isinstance(lambda: 0, types.LambdaType), callable(f))
for n in ('__globals__', '__closure__', '__builtins__'):
    try: setattr(f, n, 1)
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
