# __import__ override, sys.meta_path finders, loaders and import of computed modules.
import sys, builtins, importlib.abc, importlib.machinery, importlib.util
real = builtins.__import__
def hook(name, g=None, l=None, fromlist=(), level=0):
    if name == 'computed': print('hook', name, fromlist, level); return type('M', (), {'a': 1, 'b': 2})
    return real(name, g, l, fromlist, level)
builtins.__import__ = hook
import computed; from computed import a, b as bb; print(computed.a, a, bb)
builtins.__import__ = real
class F(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith('virt'): print('find', name, path); return importlib.machinery.ModuleSpec(name, self, is_package=name == 'virt')
    def create_module(self, spec): return None
    def exec_module(self, m): m.value = 'made ' + m.__name__; exec('z = 1', m.__dict__)
sys.meta_path.insert(0, F())
import virt; import virt.child; from virt.other import value; print(virt.value, virt.child.value, value, virt.z, virt.__spec__.origin, virt.__path__)
try: import virt.child.too.deep
except ModuleNotFoundError as e: print(e)
class Fail(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == 'explode': raise RuntimeError('finder failed')
sys.meta_path[0] = Fail()
try: import explode
except RuntimeError as e: print(e, 'explode' in sys.modules)
sys.meta_path.pop(0)
spec = importlib.util.spec_from_loader('manual', loader=None); m = importlib.util.module_from_spec(spec); print(m.__name__, m.__loader__ is not None)
print(importlib.util.find_spec('definitely_missing'), importlib.util.find_spec('sys').name, importlib.util.resolve_name('.x', 'a.b'), importlib.util.resolve_name('..x', 'a.b'))
try: importlib.util.resolve_name('...x', 'a.b')
except ImportError as e: print(e)
try: importlib.import_module('.x')
except TypeError as e: print(e)
for a in ((5,), ('',), ('a', {}, {}, (), -1), ('sys', None, None, (), 1)):
    try: __import__(*a)
    except Exception as e: print(type(e).__name__, e)
