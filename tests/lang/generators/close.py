# close: finally blocks, ignoring exit, return values, double close.
def g():
    try: yield 1; yield 2
    finally: print('cleanup')
it = g(); it.close(); it = g(); next(it); it.close(); print(next(it, 'closed')); it.close()
def ignores():
    try: yield 1
    except GeneratorExit: yield 'refuse'
i = ignores(); next(i)
try: i.close()
except RuntimeError as e: print(e)
def raises():
    try: yield 1
    finally: raise ValueError('in cleanup')
r = raises(); next(r)
try: r.close()
except ValueError as e: print(e, repr(e.__context__))
def catches():
    try: yield 1
    except GeneratorExit: print('exit caught')
c = catches(); next(c); print(c.close())
def converts():
    try: yield
    except GeneratorExit: raise KeyError('conv')
c = converts(); next(c)
try: c.close()
except KeyError as e: print(repr(e))
def nested():
    try: yield from inner()
    finally: print('outer fin')
def inner():
    try: yield 1
    finally: print('inner fin')
n = nested(); next(n); n.close()
class Sub:
    def __iter__(self): return self
    def __next__(self): return 'sub'
    def close(self): print('sub closed')
def deleg(): yield from Sub()
d = deleg(); print(next(d)); d.close()
for x in g():
    if x == 1: break
import gc
gc.collect(); print('after loop')
def withcm():
    class CM:
        def __enter__(self): return self
        def __exit__(self, *a): print('exit', a[0].__name__)
    with CM(): yield 1
w = withcm(); next(w); w.close()
def stop():
    try: yield
    except BaseException as e: print(type(e).__name__); raise StopIteration
s = stop(); next(s)
try: s.close()
except RuntimeError as e: print(e)
print(it.gi_frame, it.gi_running, n.gi_yieldfrom)
