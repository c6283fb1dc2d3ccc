# default values are shared and evaluated once.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(x, l=[]): l.append(x); return l
print(f(1), f(2), f(3, []), f(4))
---
i = 5
def f(a=i): return a
i = 6
print(f())
---
def f(a, d={}): d[a] = d.get(a, 0) + 1; return d
print(f('x'), f('x'), f('y'))
---
fs = []
for i in range(3):
    def f(i=i): return i
    fs.append(f)
print([f() for f in fs])
---
class A:
    n = 3
    def f(self, x=n): return x
A.n = 4; print(A().f())
---
def f(a=(lambda: print('once') or 1)()): return a
print(f(), f())
---
def f(a=None): a = a or []; a.append(1); return a
print(f(), f())
---
def outer(x):
    def inner(y=x): return y
    x = 'changed'
    return inner()
print(outer('orig'))
---
def f(a=b): pass
---
def f(*, k=[]): k.append(1); return len(k)
print(f(), f(), f(k=[]), f.__kwdefaults__)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
