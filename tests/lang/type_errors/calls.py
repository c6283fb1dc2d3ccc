# wrong calls of Python functions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(a): pass
f()
---
def f(a): pass
f(1, 2)
---
def f(a): pass
f(b=1)
---
def f(a): pass
f(1, a=2)
---
def f(): pass
f(1)
---
def f(*, k): pass
f()
---
def f(*, k): pass
f(1)
---
def f(a, /): pass
f(a=1)
---
def f(a, b, c): pass
f(1)
---
def f(a, b=1, c=2): pass
f(1, 2, 3, 4)
---
def f(**k): pass
f(1)
---
def f(a, *b): pass
f()
---
def f(*, a, b, c, d): pass
f(b=1)
---
class A: pass
A(1)
---
class A:
    def m(self): pass
A().m(1)
---
class A:
    def m(): pass
A().m()
---
class A:
    def __init__(self, x): pass
A()
---
(lambda x, y: 0)(1)
---
def outer():
    def inner(x): pass
    inner()
outer()
---
def f(a): pass
f(*[1, 2])
---
def f(a): pass
f(**{'a': 1, 'b': 2})
---
def f(a): pass
f(*1)
---
def f(a): pass
f(**1)
---
def f(a): pass
f(**{1: 2})
---
def f(a): pass
f(a=1, **{'a': 2})
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
