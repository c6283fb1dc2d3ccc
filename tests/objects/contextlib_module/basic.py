# contextmanager, closing, suppress, ExitStack, nullcontext, redirect_stdout, ContextDecorator.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import contextlib as c, io
@c.contextmanager
def cm(n, swallow=False):
    print('enter', n)
    try: yield n * 2
    except ValueError as e:
        print('caught', e)
        if not swallow: raise
    finally: print('exit', n)
with cm(1) as v: print(v)
with cm(2, True): raise ValueError('swallowed')
def body(e):
    with cm(3): raise e
err(body, ValueError('out')); err(body, KeyError('k')); err(body, StopIteration('s')); err(body, RuntimeError('r'))
@cm(4)
def deco(x): print('in deco', x); return 'r'
print(deco(5), deco(6), deco.__name__)
@c.contextmanager
def noyield():
    if False: yield
@c.contextmanager
def twice(): yield 1; yield 2
@c.contextmanager
def dontstop():
    try: yield
    except KeyError: yield 'again'
def use(f, e=None):
    with f():
        if e: raise e
err(use, noyield); err(use, twice); err(use, dontstop, KeyError('x')); g = cm(7); g.__enter__(); print(g.__exit__(None, None, None)); err(g.__enter__)
class Cl:
    def close(self): print('closed')
with c.closing(Cl()) as x: print(type(x).__name__)
with c.suppress(KeyError, IndexError): {}['a']
print('after suppress')
with c.suppress(): pass
def sup():
    with c.suppress(KeyError): raise OSError('not suppressed')
err(sup)
with c.nullcontext('null') as n: print(n)
f = io.StringIO()
with c.redirect_stdout(f): print('hidden')
print(repr(f.getvalue()))
with c.ExitStack() as s:
    print([s.enter_context(cm(i)) for i in (10, 20)]); s.callback(print, 'callback', sep='!'); s.push(lambda *a: print('pushed', a[0])); s.push(c.closing(Cl()))
def stack():
    with c.ExitStack() as s:
        s.enter_context(cm(30, True)); s.callback(print, 'cb'); raise ValueError('in stack')
    return 'survived'
print(stack()); s = c.ExitStack(); s.callback(print, 'popped'); t = s.pop_all(); s.close(); t.close(); err(c.ExitStack().enter_context, 5)
def order():
    with c.ExitStack() as s: s.push(lambda *a: print('second', a[1])); s.push(lambda *a: 1 / 0); raise KeyError('first')
try: order()
except ZeroDivisionError as e: print(repr(e.__context__))
class CD(c.ContextDecorator):
    def __enter__(self): print('CD in'); return self
    def __exit__(self, *a): print('CD out')
@CD()
def h(): return 'h'
print(h()); print(isinstance(cm(1), c.AbstractContextManager), isinstance(open, c.AbstractContextManager))
