# __traceback__, with_traceback, add_note and traceback line numbers.
# needs: 3.14
import traceback
def f(): raise ValueError('deep')
def g(): f()
try: g()
except ValueError as e: saved = e
tb = saved.__traceback__
while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_next is not None); tb = tb.tb_next
print([(s.name, s.lineno, s.line) for s in traceback.extract_tb(saved.__traceback__)])
e = ValueError('x'); print(e.__traceback__, e.with_traceback(None) is e, e.with_traceback(saved.__traceback__).__traceback__ is saved.__traceback__)
try: e.with_traceback(5)
except TypeError as x: print(x)
try:
    try: f()
    except ValueError as e: raise e.with_traceback(None)
except ValueError as e: print([s.name for s in traceback.extract_tb(e.__traceback__)])
try:
    try: g()
    except ValueError as e: raise e
except ValueError as e: print([(s.name, s.lineno) for s in traceback.extract_tb(e.__traceback__)])
try: raise saved
except ValueError as e: print(len(traceback.extract_tb(e.__traceback__)))
e = ValueError('n'); print(hasattr(e, '__notes__')); e.add_note('one'); e.add_note('two\nlines'); print(e.__notes__, ''.join(traceback.format_exception_only(e)))
try: e.add_note(5)
except TypeError as x: print(x)
e.__notes__ = 'not a list'
try: e.add_note('z')
except TypeError as x: print(x)
tb = saved.__traceback__
try: tb.tb_next = tb
except ValueError as x: print(x)
tb.tb_next = None; print(tb.tb_next)
try: tb.tb_lineno = 5
except AttributeError as x: print(type(x).__name__)
import types
n = types.TracebackType(None, tb.tb_frame, 0, 42); print(n.tb_lineno, n.tb_next, n.tb_lasti)
for a in ((5, tb.tb_frame, 0, 1), (None, 5, 0, 1), (None, tb.tb_frame, 'a', 1)):
    try: types.TracebackType(*a)
    except TypeError as x: print(x)
