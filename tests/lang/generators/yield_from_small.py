# small yield from cases.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def a(): yield 1; yield 2; return 'r'
def b(): x = yield from a(); yield x
print(list(b()))
---
def f(): yield from [1, 2]; yield from 'ab'; yield from {}; yield from range(2)
print(list(f()))
---
def f(): yield from 5
list(f())
---
def inner():
    r = []
    while True:
        x = yield
        if x is None: return r
        r.append(x)
def outer(): print((yield from inner())); yield 'end'
o = outer(); next(o); o.send(1); o.send(2); print(o.send(None))
---
def inner():
    try: yield 1
    except ValueError: yield 'inner handled'
def outer():
    try: yield from inner()
    except KeyError: yield 'outer handled'
o = outer(); next(o); print(o.throw(ValueError)); print(o.throw(KeyError))
---
def f(): return (yield from ())
print(list(f()))
---
def f(n): yield n; yield from f(n - 1) if n else []
print(list(f(3)))
---
def f(): yield from (x * 2 for x in range(3))
print(list(f()))
---
def inner():
    try: yield
    finally: print('inner closed')
def outer(): yield from inner()
o = outer(); next(o); o.close()
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
