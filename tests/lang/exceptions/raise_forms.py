# raise: class, instance, from, bare, and what cannot be raised.
def t(f):
    try: f()
    except BaseException as e: print(type(e).__name__, e.args, 'cause', repr(e.__cause__), 'ctx', repr(e.__context__), e.__suppress_context__)
class E(Exception):
    def __init__(self, a, b=2): super().__init__(a, b)
def r(x): raise x
t(lambda: r(ValueError)); t(lambda: r(ValueError('m'))); t(lambda: r(E)); t(lambda: r(E(1))); t(lambda: r(5)); t(lambda: r('str')); t(lambda: r(None)); t(lambda: r(int)); t(lambda: r([ValueError])); t(lambda: r(object()))
def fr(x, y): raise x from y
t(lambda: fr(ValueError, KeyError)); t(lambda: fr(ValueError(1), KeyError(2))); t(lambda: fr(ValueError, None)); t(lambda: fr(ValueError, 5)); t(lambda: fr(ValueError, 'x')); t(lambda: fr(5, ValueError)); t(lambda: fr(ValueError, int))
def bare(): raise
t(bare)
def inctx():
    try: raise KeyError('k')
    except KeyError: raise ValueError('v')
def inctx_none():
    try: raise KeyError('k')
    except KeyError: raise ValueError('v') from None
def inctx_from():
    try: raise KeyError('k')
    except KeyError as e: raise ValueError('v') from e
def rebare():
    try: raise KeyError('k')
    except KeyError: raise
def rebare_fn():
    try: raise KeyError('k')
    except KeyError: bare()
def same():
    try: raise KeyError('k')
    except KeyError as e: raise e
for f in (inctx, inctx_none, inctx_from, rebare, rebare_fn, same): t(f)
class New(Exception):
    def __new__(cls, *a): return 'not an exception'
t(lambda: r(New))
class InitFails(Exception):
    def __init__(self): raise TypeError('init failed')
t(lambda: r(InitFails))
class MetaRaise(BaseException): pass
t(lambda: r(MetaRaise)); t(lambda: fr(ValueError, E)); t(lambda: r(StopIteration(5))); t(lambda: r(SystemExit(3))); t(lambda: r(GeneratorExit)); t(lambda: r(KeyboardInterrupt))
