# contextlib helpers as expressions.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import contextlib
log = []
@contextlib.contextmanager
def cm(x):
    log.append(('in', x))
    try: yield x
    finally: log.append(('out', x))
def use(x):
    with cm(x) as y: return y * 2
def boom():
    with cm('b'): raise ValueError('boom')
def sup():
    with contextlib.suppress(KeyError): {}['x']
    return 'suppressed'
with contextlib.nullcontext(3) as n: pass
show(r"""
use(5), log
boom()
log[-1], sup()
n
cm()
type(cm(1)).__name__
""")
