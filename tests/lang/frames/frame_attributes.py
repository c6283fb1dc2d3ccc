# Frames: f_back, f_locals, f_globals, f_lineno, f_code; sys._getframe.
import sys
def a(x):
    y = x * 2
    return b()
def b():
    f = sys._getframe(); p = f.f_back
    print(f.f_code.co_name, p.f_code.co_name, p.f_back.f_code.co_name, sorted(p.f_locals.items()), f.f_globals is globals(), f.f_builtins['len'] is len, p.f_lineno - p.f_code.co_firstlineno, f.f_trace, f.f_lasti >= 0)
    return sys._getframe(1).f_code.co_name, sys._getframe(2).f_code.co_name
print(a(5))
for d in (1000, -1, 'x'):
    try: print(sys._getframe(d).f_code.co_name)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
def lines():
    out = [sys._getframe().f_lineno]
    out.append(sys._getframe().f_lineno)
    out.append(
        sys._getframe().f_lineno)
    return [x - out[0] for x in out]
print(lines())
def cells():
    c = 1
    def inner():
        c
        return dict(sys._getframe().f_locals), dict(sys._getframe(1).f_locals)['c']
    return inner()
print(cells())
class C:
    z = 1
    print(sys._getframe().f_code.co_name, sorted(k for k in sys._getframe().f_locals if k[0] != '_'), sys._getframe().f_locals is locals())
def gen(): yield sys._getframe().f_back.f_code.co_name; yield sys._getframe()
g = gen(); print(next(g)); fr = next(g); print(fr.f_back, fr is g.gi_frame); print(list(g))
try: sys._getframe().clear()
except RuntimeError as e: print(e)
def ret(): return sys._getframe()
f = ret(); print(f.f_code.co_name, f.f_back is not None, f.f_lineno - ret.__code__.co_firstlineno); f.clear()
print([sys._getframe().f_code.co_name for _ in 'a'][0] in ('<listcomp>', '<module>'), (lambda: sys._getframe().f_code.co_name)(), list(sys._getframe().f_code.co_name for _ in 'a'), eval('__import__("sys")._getframe().f_code.co_name'))
import inspect; print(inspect.currentframe().f_code.co_name, inspect.stack()[0].function, type(f).__name__, repr(f)[:7])
