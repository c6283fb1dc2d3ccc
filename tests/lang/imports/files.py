# Modules and packages written to a temporary directory: relative imports, __init__, cycles, reload.
import sys, os, tempfile, importlib
sys.dont_write_bytecode = True
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(p, s):
    p = os.path.join(d, p); os.makedirs(os.path.dirname(p), exist_ok=True)
    with open(p, 'w') as f: f.write(s)
w('kmod.py', 'print("kmod runs", __name__)\nx = 1\ndef f(): return x\n')
w('kpkg/__init__.py', 'print("kpkg init", __name__, __package__)\nfrom . import a\nfrom .b import val as bval\n__all__ = ["a", "c"]\n')
w('kpkg/a.py', 'print("a", __package__)\nname = "a"\nfrom .b import val\n')
w('kpkg/b.py', 'val = "b value"\n'); w('kpkg/c.py', 'from .a import name as n\nfrom .sub.deep import up\n'); w('kpkg/sub/__init__.py', ''); w('kpkg/sub/deep.py', 'from ..a import val\nfrom .. import b as up\n')
w('cyc1.py', 'import cyc2\nx = 1\ndef get(): return cyc2.y\n'); w('cyc2.py', 'import cyc1\ny = 2\nhas = hasattr(cyc1, "x")\n'); w('cyc3.py', 'from cyc4 import q\np = 1\n'); w('cyc4.py', 'from cyc3 import p\nq = 1\n')
w('bad.py', 'x = 1\nraise ValueError("at import")\n'); w('synbad.py', 'x = (\n'); w('beyond/__init__.py', ''); w('beyond/m.py', 'from ... import x\n'); w('nspkg/inner.py', 'v = "namespace"\n')
importlib.invalidate_caches()
import kmod, kmod as again; print(kmod.f(), again is kmod, kmod.__name__, os.path.basename(kmod.__file__), kmod.__spec__.name)
import kpkg.c; print(kpkg.bval, kpkg.c.n, kpkg.c.up.val, kpkg.sub.deep.__name__, kpkg.a.name, kpkg.__path__ == [os.path.join(d, 'kpkg')])
ns = {}; exec('from kpkg import *', ns); print(sorted(k for k in ns if k[0] != '_'))
import cyc1; print(cyc1.get(), cyc1.cyc2.has)
for name in ('cyc3', 'bad', 'synbad', 'beyond.m', 'kpkg.nothing', 'kmod.sub'):
    try: importlib.import_module(name); print('imported', name)
    except Exception as e: print(type(e).__name__, str(e).replace(d, 'TMP').split(' (')[0], name in sys.modules)
import nspkg.inner; print(nspkg.inner.v, nspkg.__file__ if hasattr(nspkg, '__file__') else None)
w('kmod.py', 'x = 22222\nprint("kmod reloaded")\ndef f(): return x\n'); importlib.invalidate_caches(); kmod.extra = 'kept'; r = importlib.reload(kmod); print(r is kmod, kmod.f(), kmod.extra)
del sys.modules['kmod']; import kmod as fresh; print(fresh is kmod)
if True: from kpkg.a import (name as renamed, val,); print(renamed, val)
import shutil; shutil.rmtree(d)
