# the except-as name is deleted at the end of its block.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
try: raise ValueError('v')
except ValueError as e: print(e)
print(e)
---
e = 'outer'
try: pass
except ValueError as e: pass
print(e)
---
def f():
    e = 1
    try: raise ValueError
    except ValueError as e: pass
    return e
f()
---
def f():
    try: raise ValueError('kept')
    except ValueError as e: keep = e
    return keep
print(repr(f()))
---
def f():
    try: raise ValueError('c')
    except ValueError as e: g = lambda: e
    return g()
f()
---
try: raise ValueError
except ValueError as e:
    del e
print('ok')
---
try: raise ValueError
except ValueError as e:
    try: raise KeyError
    except KeyError as e: print(repr(e))
    print(e)
---
class C:
    try: raise ValueError('in class')
    except ValueError as err: msg = str(err)
print(C.msg, hasattr(C, 'err'))
---
global_e = None
def f():
    global ge
    try: raise ValueError
    except ValueError as ge: pass
    return 'ge' in globals()
print(f())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
