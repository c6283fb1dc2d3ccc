# small coroutines driven with send.
# needs: 3.14
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
async def f(): return 5
c = f()
try: c.send(None)
except StopIteration as e: print(e.value)
---
async def f(): return 1
async def g(): return await f() + await f()
try: g().send(None)
except StopIteration as e: print(e.value)
---
class A:
    def __await__(self): x = yield 'out'; return x
async def f(): return await A()
c = f(); print(c.send(None))
try: c.send('in')
except StopIteration as e: print(e.value)
---
async def f(): await 5
f().send(None)
---
async def f(): raise ValueError('inside')
f().send(None)
---
async def f(): pass
c = f(); c.send('non-None')
---
async def f(): return 1
c = f(); c.close(); c.send(None)
---
async def f():
    try: await A()
    except ValueError as e: return 'caught ' + str(e)
class A:
    def __await__(self): yield
c = f(); c.send(None)
try: c.throw(ValueError('t'))
except StopIteration as e: print(e.value)
---
async def f(): return [await g(i) for i in range(3)]
async def g(i): return i * i
try: f().send(None)
except StopIteration as e: print(e.value)
---
async def f():
    async with C() as c: return c
class C:
    async def __aenter__(self): return 'entered'
    async def __aexit__(self, *a): print('exited')
try: f().send(None)
except StopIteration as e: print(e.value)
---
async def g():
    for i in range(3): yield i
async def f(): return [i async for i in g()], [i async for i in g() if i]
try: f().send(None)
except StopIteration as e: print(e.value)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
