# exec: namespaces, defining things, class-like locals, closures.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

ns = {}; exec('a = 1\ndef f(): return a\nclass C: v = a\nimport sys as s', ns); print(ns['a'], ns['f'](), ns['C'].v, ns['s'].__name__, sorted(k for k in ns if k[0] != '_'))
g, l = {'x': 1}, {}; exec('y = x\nx = 2\ndef h(): return x\nz = h()', g, l); print(g['x'], l['y'], l['x'], l['z'])
exec('top = 5'); print(top)
def f():
    v = 1
    exec('v = 2; w = 3'); r = {}
    exec('v = v + 10', globals(), r if False else {'v': v}); exec('print(v)')
    return v, 'w' in locals()
print(f())
class D(dict):
    def __setitem__(self, k, v): print('set', k); super().__setitem__(k, v)
    def __getitem__(self, k): print('get', k); return super().__getitem__(k)
    def __delitem__(self, k): print('del', k); super().__delitem__(k)
exec('p = 1; q = p; del p', {}, D())
exec('def k(): global gg; gg = 7\nk()', ns); print(ns['gg'])
print(exec('1 + 1'), exec(''), exec('# c'), exec('pass'), exec(b'n1 = 1'), n1)
err(exec, 5); err(exec, 'x', 5); err(exec, 'x', {}, 5); err(exec, 'return'); err(exec, 'x ='); err(exec, 'raise ValueError("inside")'); err(exec, 'print(undefined_q)', {}); err(exec, 'x\0y'); err(exec); err(exec, 'x', {}, {}, {})
def outer():
    v = 'cell'
    def inner(): return v
    return inner
code = compile('captured', '', 'exec'); err(exec, outer().__code__)
import sys
if sys.version_info >= (3, 11): exec(outer().__code__, closure=outer().__closure__); err(exec, code, closure=outer().__closure__); err(exec, outer().__code__, closure=(1,)); err(exec, 'x', closure=())
exec('''
for i in range(2):
    try: print(i / i)
    except ZeroDivisionError: print("caught")
    finally: print("f")
''')
exec(compile('print(__file__ if "__file__" in globals() else "none", __name__)', '', 'exec'), {'__name__': 'nm'})
exec('x = [i for i in range(3)]\nprint(x, [y for y in x if y])', {}, {}); err(exec, 'a = 1\nprint([a for _ in range(1)])', {}, {}); err(exec, 'a = 1\ndef f(): return a\nf()', {}, {})
