# small with statements.
# needs: 3.14
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class C:
    def __init__(self, s=False): self.s = s
    def __enter__(self): return 'value'
    def __exit__(self, t, v, tb): print('exit', t and t.__name__, v); return self.s
with C() as x: print(x)
---
with C(): pass
---
class C:
    def __enter__(self): return self
    def __exit__(self, *a): print(a[1]); return True
with C(): raise ValueError('swallowed')
print('after')
with C() as a, C() as b: print(a is b); 1 / 0
print('after 2')
---
class C:
    def __enter__(self): return self
    def __exit__(self, *a): return False
with C(): raise KeyError('out')
---
with 5: pass
---
class C:
    def __enter__(self): raise ValueError('enter')
    def __exit__(self, *a): print('not called')
with C(): print('no')
---
class C:
    def __enter__(self): pass
    def __exit__(self, *a): raise ValueError('exit')
with C(): pass
---
class C:
    def __enter__(self): return [1, [2, 3]]
    def __exit__(self, *a): pass
with C() as (a, (b, c)): print(a, b, c)
d = {}
with C() as d['k']: print(d)
---
class C:
    def __enter__(self): return self
    def __exit__(self, *a): print('exit')
def f():
    with C(): return 'returned'
print(f())
def g():
    for i in range(3):
        with C():
            if i == 1: break
g()
---
import contextlib
@contextlib.contextmanager
def cm():
    print('in')
    try: yield 'y'
    finally: print('out')
with cm() as v: print(v)
with cm(): raise ValueError('through')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
