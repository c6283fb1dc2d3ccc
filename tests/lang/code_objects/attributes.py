# co_* attributes of code objects.
def f(a, b=1, /, c=2, *args, d, e=5, **kw):
    x = a + b
    def inner(): return x, c
    return inner, len(kw), undefined_global
co = f.__code__
for n in ('co_name', 'co_qualname', 'co_argcount', 'co_posonlyargcount', 'co_kwonlyargcount', 'co_nlocals', 'co_varnames', 'co_cellvars', 'co_freevars', 'co_names', 'co_firstlineno'): print(n, getattr(co, n))
inner = [c for c in co.co_consts if hasattr(c, 'co_code')][0]; print(inner.co_name, inner.co_qualname, inner.co_freevars, inner.co_varnames)
import inspect
def g(): yield
async def h(): pass
async def i(): yield
def j(*a): pass
def k(**k): pass
for fn in (f, g, h, i, j, k, lambda: 0): print([n for n in ('OPTIMIZED', 'NEWLOCALS', 'VARARGS', 'VARKEYWORDS', 'NESTED', 'GENERATOR', 'COROUTINE', 'ASYNC_GENERATOR') if fn.__code__.co_flags & getattr(inspect, 'CO_' + n)])
print(f(1, d=2)[0]() if False else type(co).__name__, isinstance(co.co_code, bytes), isinstance(co.co_consts, tuple), co.co_stacksize > 0, type(co.co_lnotab).__name__ if False else '')
class C:
    def m(self): return [i for i in self]
    p = lambda self: 0
print(C.m.__code__.co_qualname, C.p.__code__.co_qualname, C.m.__code__.co_varnames[0])
for n, v in (('co_name', 'x'), ('co_consts', ()), ('new', 1)):
    try: setattr(co, n, v)
    except AttributeError as e: print(type(e).__name__)
r = co.replace(co_name='renamed', co_firstlineno=99); print(r.co_name, r.co_firstlineno, r.co_varnames == co.co_varnames, r == co, co.replace() == co)
def const(): return 41
const.__code__ = const.__code__.replace(co_consts=tuple(42 if c == 41 else c for c in const.__code__.co_consts)); print(const() in (41, 42))
for kw in ({'co_name': 5}, {'nope': 1}, {'co_argcount': -1}, {'co_varnames': 'x'}):
    try: co.replace(**kw)
    except (TypeError, ValueError) as e: print(type(e).__name__)
print(sorted(set(l - co.co_firstlineno for _, _, l in co.co_lines() if l)), len(list(co.co_positions())) > 0, repr(co)[:16], hash(co) == hash(f.__code__))
def same1(): return 1
def same2(): return 1
print(same1.__code__ == same2.__code__, compile('1', 'a', 'eval') == compile('1', 'b', 'eval'), compile('1', 'a', 'eval') == compile('1.0', 'a', 'eval'))
