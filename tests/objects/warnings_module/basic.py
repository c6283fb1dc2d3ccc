# warnings: filters, catching, messages.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import warnings as w
def rec(f):
    with w.catch_warnings(record=True) as r:
        w.simplefilter('always')
        f()
    return [(x.category.__name__, str(x.message)) for x in r]
def as_error():
    with w.catch_warnings():
        w.simplefilter('error')
        w.warn('boom')
def ignored():
    with w.catch_warnings(record=True) as r:
        w.simplefilter('ignore')
        w.warn('x')
    return len(r)
show(r"""
rec(lambda: w.warn('m')), rec(lambda: w.warn('d', DeprecationWarning)), rec(lambda: w.warn(RuntimeWarning('inst'))), rec(lambda: (w.warn('a'), w.warn('a'))), ignored(), w.formatwarning('m', UserWarning, 'f.py', 3, 'line')
as_error()
w.warn('x', int)
w.warn()
rec(lambda: 1 is 1) if False else rec(lambda: eval('"a" is "b"'))
""")
