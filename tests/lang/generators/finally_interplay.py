# yield inside try, except, finally, with and loops; exception state across yields.
import sys
def g():
    try: yield 'try'
    finally: yield 'finally'
it = g(); print(list(it)); it = g(); next(it); print(it.throw(ValueError('v')))
try: next(it)
except ValueError as e: print('resumed', e)
def h():
    try: raise KeyError('k')
    except KeyError as e: yield 'in except'; print(repr(sys.exc_info()[1])); yield 'again'
    print(sys.exc_info()[0]); yield 'after'
for x in h(): print(x, sys.exc_info()[0])
def lp():
    for i in range(4):
        try:
            if i == 1: continue
            if i == 3: break
            yield i
        finally: yield 'f%d' % i
    else: yield 'else'
print(list(lp()))
def w():
    class CM:
        def __init__(s, n): s.n = n
        def __enter__(s): print('enter', s.n)
        def __exit__(s, *a): print('exit', s.n, a[1])
    with CM(1), CM(2): yield 'body'; yield 'body2'
print(list(w())); x = w(); next(x)
try: x.throw(OSError('thrown'))
except OSError: pass
def ret():
    try: return 'value'
    finally: yield 'before return'
r = ret(); print(next(r))
try: next(r)
except StopIteration as e: print(e.value)
def reraise():
    try: yield 1
    except ValueError: yield 2; raise
r = reraise(); next(r); r.throw(ValueError('orig'))
try: next(r)
except ValueError as e: print(e)
def ctx():
    try: yield
    except ValueError: yield 'caught'; raise TypeError
c = ctx(); next(c); c.throw(ValueError('a'))
try: next(c)
except TypeError as e: print(repr(e.__context__))
def e2():
    try: yield 1
    except: pass
    yield 2
g = e2(); next(g)
try: raise IndexError
except IndexError: print(g.throw(KeyError('k')), sys.exc_info()[0].__name__)
