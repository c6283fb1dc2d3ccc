# traceback formatting of plain errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import traceback as t, sys
def f(): raise ValueError('m')
def caught():
    try: f()
    except ValueError as e: return e
e = caught()
show(r"""
t.format_exception_only(type(e), e), t.format_exception_only(KeyError('k')), t.format_exception_only(ValueError('a\nb')), [(s.name, s.lineno, s.line) for s in t.extract_tb(e.__traceback__)], t.format_exception(e)[0], t.format_exception(e)[-1], t.format_exc() , t.format_list([('f.py', 1, 'fn', 'code')]), [s.name for s in t.extract_stack()][0], t.TracebackException.from_exception(e).exc_type.__name__ if sys.version_info < (3, 13) else 'ValueError', len(t.format_tb(e.__traceback__)), t.format_exception_only(OSError(2, 'x')), t.format_exception(None), t.format_exception_only(ExceptionGroup('g', [ValueError(1)]))
""")
