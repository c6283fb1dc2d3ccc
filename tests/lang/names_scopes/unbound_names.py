# NameError and UnboundLocalError in every place.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print(undefined)
---
def f(): return undefined_in_f
f()
---
def f():
    print(x)
    x = 1
f()
---
def f():
    if False: y = 1
    return y
f()
---
def f():
    for i in []: pass
    return i
f()
---
def f():
    del z
f()
---
def f():
    x += 1
f()
---
del nothing
---
class A: y = undefined_in_class
---
def f(a=undefined_default): pass
---
print([q for _ in range(1)])
---
lambda: undefined_in_lambda
print('lambda is lazy')
---
def f():
    try: 1 / 0
    except ZeroDivisionError as e: pass
    return e
f()
---
def f():
    import math
    return maths
f()
---
def f():
    with_later()
    def with_later(): pass
f()
---
x = x
---
global g1
g1 += 1
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
