# How builtins are found: module, dict, exec globals and missing names.
import builtins
print(__builtins__ is builtins or __builtins__ is builtins.__dict__)
builtins.custom = 'injected'
print(custom); del builtins.custom
try: custom
except NameError as e: print(e)
g = {}
exec("x = len('abc')", g); print(g['x'], '__builtins__' in g)
g = {'__builtins__': {'len': lambda s: 'fake'}}
exec("x = len('abc')", g); print(g['x'])
for src in ("print(1)", "class A: pass", "import sys", "assert True", "x = [i for i in (1, 2)]"):
    try: exec(src, {'__builtins__': {}}); print("ok", src)
    except Exception as e: print(type(e).__name__, e)
def f(): return max(1, 2)
print(f()); max = min; print(f()); del max; print(f())
old = builtins.abs
builtins.abs = lambda x: 'patched'
def h(): return abs(-1)
print(h()); builtins.abs = old; print(h())
print(sorted(n for n in dir(builtins) if n[0].islower() and n not in ('aiter', 'anext', 'copyright', 'credits', 'exit', 'help', 'license', 'quit')))
print(builtins.__name__, builtins.True_ if hasattr(builtins, 'True_') else 'no', getattr(builtins, 'None'), getattr(builtins, '__debug__'))
