# gi_* attributes, names, running state, reentrancy, closing by collection.
import inspect
def gen(a):
    b = yield a
    yield from [b]
g = gen(5)
print(g.gi_code.co_name, g.gi_running, g.gi_frame.f_lineno - gen.__code__.co_firstlineno, g.gi_yieldfrom, g.gi_frame.f_locals, inspect.getgeneratorstate(g))
next(g); print(g.gi_frame.f_lineno - gen.__code__.co_firstlineno, inspect.getgeneratorstate(g), g.gi_frame.f_locals); g.send('B'); print(type(g.gi_yieldfrom).__name__, g.gi_frame.f_locals)
next(g, None); print(g.gi_frame, g.gi_yieldfrom, inspect.getgeneratorstate(g))
g.__name__ = 'renamed'; g.__qualname__ = 'q.renamed'; print(g.__name__, g.__qualname__, repr(g)[:28])
for n, v in (('__name__', 5), ('gi_frame', 1), ('gi_code', 1), ('gi_running', True), ('newattr', 1)):
    try: setattr(g, n, v)
    except (TypeError, AttributeError) as e: print(type(e).__name__)
def me():
    print(inspect.getgeneratorstate(m), m.gi_running)
    for f in (lambda: next(m), lambda: m.send(1), lambda: m.throw(ValueError), lambda: m.close()):
        try: f()
        except ValueError as e: print(e)
    yield 1
m = me(); print(next(m)); m.close()
print(gen.__code__.co_flags & inspect.CO_GENERATOR != 0, inspect.isgeneratorfunction(gen), inspect.isgenerator(g), hasattr(g, '__next__'), hasattr(g, '__await__'), callable(g), g.__iter__() is g)
try: type(g)()
except TypeError as e: print(e)
try: gen()
except TypeError as e: print(e)
import gc
def watch():
    try: yield
    finally: print('finalised')
w = watch(); next(w); del w; gc.collect()
def never(): 
    try: yield
    finally: print('not printed')
n = never(); del n; gc.collect(); print('end')
