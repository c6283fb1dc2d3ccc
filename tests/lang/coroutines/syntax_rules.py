# Where await, async for and async with are allowed.
# needs: 3.12
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("await x", "def f(): await x", "async def f(): await x", "async def f(): await", "async def f(): (await x) = 1", "async def f(): await = 1", "async with x: pass", "def f():\n async for x in y: pass", "[x async for x in y]", "def f(): return [x async for x in y]", "async def f(): return [x async for x in y]", "async def f(): return lambda: await x", "async def f():\n def g(): await x", "async def f(a=await x): pass", "async def f(): [await x for x in y]", "lambda: await x", "class A:\n await x", "async def f(): return [await x for x in [await y]]", "(await x for x in y)", "async def f(): await await x", "async def f(): await -x", "async def f(): -await x ** 2", "async x", "async def f(): async pass", "async def f(): yield await x", "f'{await x}'", "async def f(): f'{await x}'", "async def f():\n return [[x async for x in y] for z in w]", "async def f(): del await x", "async lambda: 1"):
    syn(s)
