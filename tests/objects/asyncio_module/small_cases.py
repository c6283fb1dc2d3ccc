# asyncio programs without timing.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
import asyncio
async def f(x): await asyncio.sleep(0); return x * 2
print(asyncio.run(f(21)))
---
import asyncio
async def f(n, log):
    for i in range(2): log.append((n, i)); await asyncio.sleep(0)
    return n
async def main():
    log = []
    r = await asyncio.gather(f('a', log), f('b', log))
    return r, log
print(asyncio.run(main()))
---
import asyncio
async def boom(): raise ValueError('task failed')
async def main():
    t = asyncio.create_task(boom())
    try: await t
    except ValueError as e: return str(e), t.done()
print(asyncio.run(main()))
---
import asyncio
async def main():
    q = asyncio.Queue()
    async def prod():
        for i in range(3): await q.put(i)
        await q.put(None)
    async def cons():
        out = []
        while (x := await q.get()) is not None: out.append(x)
        return out
    return (await asyncio.gather(prod(), cons()))[1]
print(asyncio.run(main()))
---
import asyncio
async def main():
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(f.set_result, 'set')
    return await f
print(asyncio.run(main()))
---
import asyncio
async def forever():
    try: await asyncio.sleep(3600)
    except asyncio.CancelledError: print('cancelled'); raise
async def main():
    t = asyncio.create_task(forever()); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: return 'caught', t.cancelled()
print(asyncio.run(main()))
---
import asyncio
async def main():
    async with asyncio.Lock(): pass
    async with asyncio.TaskGroup() as g: a = g.create_task(asyncio.sleep(0, 'x')); b = g.create_task(asyncio.sleep(0, 'y'))
    return a.result(), b.result()
print(asyncio.run(main()))
---
import asyncio
async def main():
    try: await asyncio.wait_for(asyncio.sleep(3600), 0.01)
    except asyncio.TimeoutError: return 'timeout'
print(asyncio.run(main()))
---
import asyncio
async def agen():
    for i in range(3): await asyncio.sleep(0); yield i
async def main(): return [x async for x in agen()]
print(asyncio.run(main()))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
