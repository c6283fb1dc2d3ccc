# finally in every combination with return, break, continue, raise and nested finally.
def a():
    try: return print('body')
    finally: print('fin')
def b():
    try: raise ValueError('b')
    finally: print('fin b')
def c():
    try: raise ValueError
    except ValueError: return 'handler'
    finally: print('fin c')
def d():
    try: return 'try'
    finally:
        try: 1 / 0
        except ZeroDivisionError: print('inner handled')
def e():
    try:
        try: raise KeyError('first')
        finally: raise ValueError('second')
    except ValueError as x: return repr(x), repr(x.__context__)
def f():
    r = []
    for i in range(4):
        try:
            if i == 1: continue
            if i == 3: break
            r.append(i)
        finally: r.append('f%d' % i)
    else: r.append('else')
    return r
def g():
    x = 'init'
    try: x = 'try'; return x
    finally: x = 'finally'
def h():
    try:
        try: return 'inner'
        finally: print('one')
    finally: print('two')
def i():
    try: pass
    except: print('no')
    else: print('else'); return 'from else'
    finally: print('fin i')
def j():
    try:
        try: raise ValueError('x')
        except KeyError: print('no')
        finally: print('cleanup')
    except ValueError: return 'outer'
def k():
    for _ in range(2):
        try: raise OSError
        except OSError: continue
        finally: print('k')
    return 'done'
for fn in (a, b, c, d, e, f, g, h, i, j, k):
    try: print(fn.__name__, fn())
    except Exception as x: print(fn.__name__, 'raised', repr(x))
import sys
def exc_state():
    try: 1 / 0
    except ZeroDivisionError:
        try: raise KeyError
        except KeyError: print(sys.exc_info()[0].__name__)
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info())
exc_state()
