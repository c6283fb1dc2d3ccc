# try inside functions that are generators, coroutines and methods.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def g():
    try:
        yield 1
        raise ValueError('in gen')
    except ValueError as e:
        yield repr(e)
    finally:
        yield 'finally'
print(list(g()))
---
class A:
    def m(self):
        try: return self.x
        except AttributeError as e: return 'caught ' + e.name
print(A().m())
---
async def f():
    try: raise KeyError('k')
    except KeyError as e: return repr(e)
    finally: print('fin')
try: f().send(None)
except StopIteration as e: print(e.value)
---
def f():
    try:
        yield 'a'
    finally:
        print('closing')
for x in f(): break
import gc; gc.collect()
print('done')
---
def f(n):
    try:
        if n: return f(n - 1)
        raise ValueError('bottom')
    finally: print('unwind', n)
try: f(2)
except ValueError as e: print(e)
---
f = lambda: (_ for _ in ()).throw(ValueError('lambda raise'))
f()
---
def f():
    with open('/nonexistent/file') as h: pass
try: f()
except FileNotFoundError as e: print(e.errno, e.filename)
---
def cleanup(log):
    for i in range(3):
        try:
            try: 1 / (1 - i)
            except ZeroDivisionError: log.append('zero'); continue
            else: log.append('ok')
            finally: log.append('f%d' % i)
        finally: log.append('outer')
    return log
print(cleanup([]))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
