# throw: caught, uncaught, at start, after end, forms of its argument.
def g():
    while True:
        try: x = yield 'ready'; print('got', x)
        except ValueError as e: print('caught', repr(e)); yield 'handled'
        finally: print('finally')
it = g(); print(next(it), it.throw(ValueError('v')), next(it))
try: it.throw(KeyError('k'))
except KeyError as e: print('out', e)
print(next(it, 'dead'))
try: it.throw(OSError('after end'))
except OSError as e: print(e)
it = g()
try: it.throw(ValueError('before start'))
except ValueError as e: print(e, next(it, 'dead'))
for bad in (5, 'x', None, int, object()):
    it = g(); next(it)
    try: it.throw(bad)
    except TypeError as e: print(e)
    it.close()
it = g(); next(it); print(it.throw(ValueError)); it.close()
def swallow():
    try: yield 1
    except ValueError: return 'returned'
s = swallow(); next(s)
try: s.throw(ValueError)
except StopIteration as e: print(e.value)
def convert():
    try: yield
    except KeyError as e: raise TypeError('converted') from e
c = convert(); next(c)
try: c.throw(KeyError('k'))
except TypeError as e: print(e, repr(e.__cause__), repr(e.__context__))
def outer():
    try: yield from inner()
    except ValueError as e: yield 'outer caught ' + str(e)
def inner():
    try: yield 'in'
    except KeyError: yield 'inner caught'
o = outer(); print(next(o), o.throw(KeyError)); print(o.throw(ValueError('v')))
o = outer(); next(o); print(o.throw(ValueError('direct')))
def si(): yield 1
x = si(); next(x)
try: x.throw(StopIteration('si'))
except RuntimeError as e: print(e, repr(e.__cause__))
x = si(); next(x)
try: x.throw(GeneratorExit)
except GeneratorExit: print('GeneratorExit out')
