# assert: messages, evaluation, parenthesised tuple, AssertionError lookup.
# needs: 3.15
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e, e.args)
def a(): assert False
def b(): assert 0, 'msg'
def c(): assert [], (1, 2)
def d(): assert 1, 1 / 0
def e(): assert 0, 1 / 0
def f(): assert None, None
def g(): assert '', [1]
def h(): assert (lambda: 0)(), f'{1 + 1}'
def i():
    assert True
    assert 1 == 1, 'no'
    return 'passed'
def j():
    AssertionError = ValueError
    assert False, 'local name does not matter'
def k(): assert 1 < 2 > 3, 'chain'
def l(): assert not True, 'not'
def m(): assert False, AssertionError('inner')
class B:
    def __bool__(self): raise KeyError('bool')
def n(): assert B()
for fn in (a, b, c, d, e, f, g, h, i, j, k, l, m, n): t(fn)
try: assert False, 'x'
except AssertionError as e: print(repr(e), issubclass(AssertionError, Exception))
import warnings; warnings.simplefilter('ignore')
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("assert", "assert x", "assert x, y", "assert x, y, z", "assert (x, y)", "assert x = 1", "assert x, ", "assert *x", "assert yield", "assert (yield)", "assert x if y else z, w", "assert lambda: 0", "x = assert y"): syn(s)
print(__debug__, compile('assert 0', '', 'exec', optimize=1).co_code != compile('assert 0', '', 'exec', optimize=0).co_code)
exec(compile('assert False', '', 'exec', optimize=1)); print('optimised away'); exec(compile('print(__debug__)', '', 'exec', optimize=1)); exec(compile('def f(): "doc"\nprint(f.__doc__)', '', 'exec', optimize=2))
