# bare raise in handlers, nested handlers and helpers.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
try:
    try: raise ValueError('a')
    except ValueError: raise
except ValueError as e: print(repr(e), e.__context__)
---
try:
    try: raise ValueError('a')
    except ValueError:
        try: raise KeyError('b')
        except KeyError: pass
        raise
except ValueError as e: print(repr(e))
---
def helper(): raise
try:
    try: raise ValueError('via helper')
    except ValueError: helper()
except ValueError as e: print(repr(e))
---
raise
---
try: pass
finally:
    try: raise
    except RuntimeError as e: print(e)
---
try:
    try: raise ValueError('x')
    except ValueError as e:
        e.args = ('changed',)
        raise
except ValueError as e: print(e)
---
def f():
    try: raise ValueError('1')
    except ValueError as e: saved = e
    raise saved
f()
---
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise e from e
except ZeroDivisionError as e: print(e.__cause__ is e)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
