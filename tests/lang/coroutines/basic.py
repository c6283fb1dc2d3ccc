# Coroutines driven by hand: await, send, return, nested awaits.
# needs: 3.14
def drive(c):
    out = []
    try:
        v = None
        while True: v = c.send(v); out.append(v); v = ('reply', v)
    except StopIteration as e: return out, e.value
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): r = yield self.v; return r
async def one(): return await Aw(1)
async def two(): a = await one(); b = await Aw(2); return [a, b]
async def plain(): return 'plain'
print(drive(one()), drive(two()), drive(plain()))
async def loop(n):
    t = 0
    for i in range(n): t += (await Aw(i))[1]
    return t
print(drive(loop(4)))
async def expr(): return (await plain()) + 'x', [await plain() for _ in 'ab'], {await plain(): 1}, await plain() if await plain() else 0, -len(await plain()), f'{await plain()}', (await plain())[0]
print(drive(expr()))
async def fin():
    try: await Aw('in try')
    finally: await Aw('in finally')
print(drive(fin()))
c = plain(); print(type(c).__name__, hasattr(c, '__iter__'), hasattr(c, '__next__'), hasattr(c, 'send'), c.cr_running, c.cr_await, c.cr_code.co_name); c.close()
async def bad(x): await x
for v in (5, 'a', [1], None, (i for i in 'a')):
    try: bad(v).send(None)
    except TypeError as e: print(e)
class BadAw:
    def __await__(self): return 5
class BadAw2:
    def __await__(self): return [1]
class CoroAw:
    def __await__(self): return plain2
plain2 = plain()
for v in (BadAw(), BadAw2(), CoroAw()):
    try: bad(v).send(None)
    except TypeError as e: print(e)
plain2.close(); c = plain()
try: list(c)
except TypeError as e: print(e)
try: next(c)
except TypeError as e: print(e)
try: c.send(5)
except TypeError as e: print(e)
c.close()
