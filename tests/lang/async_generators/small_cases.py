# small async generators driven by hand.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def run(aw):
    try: aw.__await__().send(None) if hasattr(aw, '__await__') else aw.send(None)
    except StopIteration as e: return e.value
    return 'suspended'
async def g():
    yield 1
    yield 2
a = g(); print(run(a.__anext__()), run(a.__anext__())); run(a.__anext__())
---
async def g():
    for i in range(3): yield i
async def f(): return [x async for x in g()], [x * 2 async for x in g() if x]
try: f().send(None)
except StopIteration as e: print(e.value)
---
async def g():
    x = yield 1
    print('got', x)
a = g()
try: a.asend(None).send(None)
except StopIteration as e: print(e.value)
a.asend('sent').send(None)
---
async def g():
    try: yield 1
    finally: print('closed')
a = g()
try: a.__anext__().send(None)
except StopIteration: pass
try: a.aclose().send(None)
except StopIteration: print('aclose done')
---
async def g():
    yield 1
for x in g(): pass
---
async def g(): yield 1
async def f():
    async for x in g(): print(x)
    else: print('else')
    return 'ret'
try: f().send(None)
except StopIteration as e: print(e.value)
---
async def f():
    async for x in [1]: pass
f().send(None)
---
async def g(): yield
print(type(g()).__name__, hasattr(g(), '__aiter__'), hasattr(g(), '__next__'))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
