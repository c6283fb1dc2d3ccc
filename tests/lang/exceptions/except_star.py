# except*: splitting, several clauses, naked exceptions, raising inside handlers, reraise of rest.
# needs: 3.12
EG = ExceptionGroup
def show(e, ind=0):
    if isinstance(e, BaseExceptionGroup):
        print(' ' * ind + type(e).__name__, e.message)
        for x in e.exceptions: show(x, ind + 2)
    else: print(' ' * ind + repr(e))
def t(exc):
    try:
        try: raise exc
        except* ValueError as e: print('VE:'); show(e, 1)
        except* (TypeError, KeyError) as e: print('TK:'); show(e, 1)
        else: print('else')
        finally: print('finally')
    except BaseException as e: print('left:'); show(e, 1)
t(EG('a', [ValueError(1), TypeError(2)])); t(EG('b', [ValueError(1), OSError(2), EG('n', [KeyError(3), OSError(4), ValueError(5)])])); t(ValueError('naked')); t(OSError('naked')); t(EG('c', [OSError(1)])); t(KeyboardInterrupt()); t(BaseExceptionGroup('d', [KeyboardInterrupt(), ValueError(1)]))
try: pass
except* ValueError: print('no')
else: print('else')
def handlers(*acts):
    try:
        try: raise EG('g', [ValueError(1), TypeError(2), OSError(3)])
        except* ValueError: acts[0]()
        except* TypeError: acts[1]()
    except BaseException as e: show(e); print(repr(e.__context__))
def nop(): pass
def boom(): raise KeyError('boom')
handlers(nop, nop); handlers(boom, nop); handlers(boom, boom)
try:
    try: raise EG('r', [ValueError(1), TypeError(2)])
    except* ValueError: raise
except EG as e: show(e)
try:
    try: raise EG('r', [ValueError(1), TypeError(2)])
    except* ValueError as e: raise e
except EG as e: show(e)
try:
    try: raise ValueError(1)
    except* ValueError as e: raise
except BaseException as e: show(e)
try:
    try: raise EG('x', [ValueError(1)])
    except* ValueError as e: raise TypeError('new') from e
except BaseException as e: show(e); print(repr(e.exceptions[0].__cause__ if hasattr(e, 'exceptions') else e.__cause__))
for bad in (EG, (ValueError, EG), 5, BaseExceptionGroup):
    try:
        try: raise ValueError
        except* bad: pass
    except TypeError as e: print(e)
for s in ("try:\n pass\nexcept*:\n pass", "for x in y:\n try:\n  pass\n except* a:\n  break", "def f():\n try:\n  pass\n except* a:\n  return", "for x in y:\n try:\n  pass\n except* a:\n  continue", "try:\n pass\nexcept* a:\n for x in y: break"):
    try: compile(s, '', 'exec'); print('ok')
    except SyntaxError as e: print(e.msg)
