class Awaitable:
    def __await__(self):
        return (yield 1)
class Manager:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): return False
class Numbers:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
async def agen():
    yield 1
    await Awaitable()
    yield 2
async def main():
    async with Manager() as m:
        out = [x async for x in Numbers()]
    async for y in agen():
        out.append(y)
    return out, await Awaitable(), {x async for x in Numbers()}
c = main()
try:
    c.send(None)
    while True: c.send('s')
except StopIteration as e:
    print(e.value)
