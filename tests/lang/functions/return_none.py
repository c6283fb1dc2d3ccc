# what functions return in each form.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def a(): pass
def b(): return
def c():
    if False: return 1
def d():
    for i in range(3):
        if i == 1: return i
def e(): return 1, 2
def f(): return (yield_ for yield_ in [1])
def g(): return lambda: 5
print(a(), b(), c(), d(), e(), list(f()), g()())
---
def f(x):
    if x: return 'yes'
print(f(1), f(0))
---
def f():
    while True:
        return 'from loop'
print(f())
---
def f():
    try: return 'try'
    except: return 'except'
print(f())
---
def f(): return *[1, 2], 3
print(f())
---
def f(): return (lambda x: x)(5) if True else None
print(f())
---
class A:
    def __init__(self): return None
print(type(A()).__name__)
---
print((lambda: None)(), (lambda: ())(), [].append(1), print(end=''))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
