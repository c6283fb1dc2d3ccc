# small global and nonlocal statements.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
x = 1
def f():
    global x
    x = 2
f(); print(x)
---
def f():
    global created
    created = 'yes'
f(); print(created)
---
def f():
    n = 0
    def g():
        nonlocal n
        n += 1
        return n
    return g(), g(), n
print(f())
---
def a():
    x = 'a'
    def b():
        def c():
            nonlocal x
            x = 'c'
        c()
        return x
    return b(), x
print(a())
---
x = 'g'
def f():
    x = 'local'
    def g():
        global x
        return x
    return g()
print(f())
---
def f():
    global x
    del x
x = 1; f(); x
---
class A:
    global from_class
    from_class = 1
print(from_class, hasattr(A, 'from_class'))
---
def f():
    for i in range(2):
        global last
        last = i
f(); print(last)
---
def f():
    global g
    def g(): return 'global function'
f(); print(g())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
