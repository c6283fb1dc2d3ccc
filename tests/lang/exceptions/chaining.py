# Implicit and explicit chains: context setting, cycles broken, suppress flag.
def chain(e):
    out = []
    while e is not None and len(out) < 10:
        out.append(repr(e)); e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
    return ' <- '.join(out)
try:
    try:
        try: 1 / 0
        except Exception: {}['k']
    except Exception: [].x
except Exception as e: print(chain(e).replace('division by zero', 'zero'))
try:
    try: raise ValueError(1)
    finally: raise KeyError(2)
except KeyError as e: print(chain(e))
try:
    try: raise ValueError(1)
    except ValueError as a:
        try: raise KeyError(2)
        except KeyError: raise a
except ValueError as e: print(chain(e), '|', chain(e.__context__))
a, b = ValueError('a'), ValueError('b')
try:
    try: raise a
    except ValueError: raise b
except ValueError:
    try: raise a
    except ValueError as e: print(chain(a), '|', chain(b))
e = ValueError('x'); e.__cause__ = KeyError('c'); print(e.__suppress_context__, chain(e)); e.__suppress_context__ = False; e.__cause__ = None; print(e.__suppress_context__)
e.__context__ = OSError('ctx'); print(chain(e), e.__suppress_context__); 
for attr, v in (('__cause__', 5), ('__context__', 'x'), ('__traceback__', 5), ('__suppress_context__', 'yes'), ('args', 5)):
    try: setattr(e, attr, v); print(attr, 'set')
    except TypeError as x: print(x)
for attr in ('__cause__', '__context__', '__traceback__', 'args'):
    try: delattr(e, attr); print('deleted', attr)
    except TypeError as x: print(x)
def gen():
    try: yield 1
    except ValueError: raise KeyError('in gen')
g = gen(); next(g)
try: g.throw(ValueError('thrown'))
except KeyError as e: print(chain(e))
try:
    try: raise ValueError('outer')
    except ValueError:
        try: raise KeyError('handled')
        except KeyError: pass
        raise TypeError('after')
except TypeError as e: print(chain(e))
def helper():
    try: raise IndexError('h')
    except IndexError as x: return x
try: raise ValueError('v')
except ValueError: print(chain(helper()))
print(chain(helper()))
try:
    try: raise ValueError from KeyError('cause')
    except ValueError: raise TypeError
except TypeError as e: print(chain(e))
