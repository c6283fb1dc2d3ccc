# Modules made with types.ModuleType and found through sys.modules.
import sys, types
m = types.ModuleType('fake', 'fake doc'); m.x = 1; m._hidden = 2; m.__all__ = ['x', 'y']; m.y = 3; sys.modules['fake'] = m
import fake; print(fake is m, fake.x, fake.__doc__, fake.__name__, fake.__spec__, fake.__loader__, fake.__package__)
from fake import x, y as why; print(x, why)
ns = {}; exec('from fake import *', ns); print(sorted(k for k in ns if k != '__builtins__'))
del m.__all__; ns = {}; exec('from fake import *', ns); print(sorted(k for k in ns if k != '__builtins__'))
m.__all__ = ['missing']
for s in ('from fake import *', 'from fake import nope', 'import fake.sub', 'from fake.sub import z', 'import no_such_module_at_all', 'from no_such import x', 'from . import x', 'from .a import b', 'import fake as f, fake; print(f is fake)'):
    try: exec(s, {'__name__': 'top'})
    except Exception as e: print(type(e).__name__, e)
m.__all__ = [5]
try: exec('from fake import *')
except TypeError as e: print(e)
pkg = types.ModuleType('pkg'); pkg.__path__ = []; sub = types.ModuleType('pkg.sub'); sub.v = 'subval'; sys.modules['pkg'] = pkg; sys.modules['pkg.sub'] = sub
import pkg.sub
try: print(pkg.sub.v)
except AttributeError as e: print(e)
import pkg.sub as ps; print(ps.v)
from pkg.sub import v; print(v); from pkg import sub as s2; print(s2.v)
sys.modules['blocked'] = None
try: import blocked
except ModuleNotFoundError as e: print(e, e.name)
sys.modules['notmod'] = 5; import notmod; print(notmod); sys.modules['cls'] = type('X', (), {'attr': 'on class'}); from cls import attr; print(attr)
def ga(name):
    if name.startswith('dyn'): return 'dynamic ' + name
    raise AttributeError('no ' + name)
m.__getattr__ = ga; m.__dir__ = lambda: ['a', 'b']
from fake import dynamo; print(dynamo, m.dyn2, dir(m))
try: m.other
except AttributeError as e: print(e)
try: from fake import other
except ImportError as e: print(str(e)[:36])
for f in (lambda: types.ModuleType(), lambda: types.ModuleType(5), lambda: types.ModuleType('a').zz, lambda: delattr(types.ModuleType('a'), 'q'), lambda: setattr(types.ModuleType('a'), '__dict__', {})):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(repr(types.ModuleType('r')), types.ModuleType('d').__dict__, repr(sys)[:13])
def func(): import fake as local; return local.x
print(func(), 'local' in globals()); print(__import__('fake').x, __import__('pkg.sub') is pkg, __import__('pkg.sub', fromlist=['v']) is sub)
