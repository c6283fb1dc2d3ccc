# closures see variables, not values.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
---
def f():
    x = 1
    g = lambda: x
    x = 2
    return g()
print(f())
---
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
a, b = counter(), counter()
print(a(), a(), b(), a())
---
def f():
    def g(): return x
    x = 'later'
    return g()
print(f())
---
def f():
    def g(): return x
    g()
    x = 1
f()
---
def f():
    x = 1
    def g(): del x
    g()
f()
---
def f():
    x = 1
    def g():
        x += 1
        return x
    return g()
f()
---
def f(x):
    def g():
        def h(): return x
        return h
    return g()()
print(f('three levels'))
---
def make():
    acc = []
    return acc.append, lambda: acc
add, get = make(); add(1); add(2); print(get())
---
def f():
    class A:
        x = 'class'
        def m(self): return x
    x = 'function'
    return A().m()
print(f())
---
def f():
    for i in range(3):
        def g(): return i
        yield g
print([g() for g in list(f())], [g() for g in f()])
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
