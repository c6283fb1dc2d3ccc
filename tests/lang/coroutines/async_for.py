# async for: protocol, else, break, async comprehensions, errors.
# needs: 3.14
def run(c):
    n = 0
    try:
        while True: c.send(None); n += 1
    except StopIteration as e: return n, e.value
class Y:
    def __await__(self): yield
class AI:
    def __init__(self, n): self.n, self.i = n, 0
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1; await Y(); return self.i
async def a():
    out = []
    async for x in AI(3): out.append(x)
    else: out.append('else')
    async for x in AI(9):
        if x == 2: continue
        if x == 4: break
        out.append(x)
    else: out.append('never')
    return out
print(run(a()))
async def comps():
    return [x async for x in AI(3)], {x async for x in AI(2)}, {x: x * x async for x in AI(2)}, [x async for x in AI(5) if x % 2], [y async for x in AI(3) for y in range(x)], [await Z(x) for x in 'ab'], [[x async for x in AI(2)] for _ in 'xy']
class Z:
    def __init__(self, v): self.v = v
    def __await__(self): yield; return self.v * 2
print(run(comps()))
async def gexp():
    g = (x * 10 async for x in AI(3)); print(type(g).__name__)
    return [v async for v in g]
print(run(gexp()))
async def unpack():
    class P:
        def __aiter__(self): return self
        async def __anext__(self):
            if self.d: raise StopAsyncIteration
            self.d = True; return 1, (2, 3)
        d = False
    async for a, (b, *c) in P(): return a, b, c
print(run(unpack()))
class NoAnext:
    def __aiter__(self): return 5
class AiterCoro:
    async def __aiter__(self): return self
class AnextNotAw:
    def __aiter__(self): return self
    def __anext__(self): return 5
class Raises:
    def __aiter__(self): return self
    async def __anext__(self): raise ValueError('in anext')
import warnings; warnings.simplefilter('ignore')
for v in (5, [1], NoAnext(), AiterCoro(), AnextNotAw(), Raises()):
    async def f():
        async for x in v: pass
    try: run(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e, repr(e.__cause__))
async def ba(): return await anext(AI(1)), await anext(AI(0), 'dflt'), aiter(AI(1)).__class__.__name__
print(run(ba()))
for f in (lambda: aiter(5), lambda: anext(5), lambda: aiter([]), lambda: aiter(NoAnext())):
    try: f()
    except TypeError as e: print(e)
