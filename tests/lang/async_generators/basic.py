# Async generators: asend, athrow, aclose, iteration, by hand.
def run(aw):
    it = aw.__await__()
    ys = []
    try:
        while True: ys.append(next(it))
    except StopIteration as e: return e.value if not ys else (ys, e.value)
class Y:
    def __init__(self, v): self.v = v
    def __await__(self): yield self.v
async def g(n):
    for i in range(n):
        got = yield i
        if got: print('got', got)
        await Y('tick%d' % i)
a = g(3); print(type(a).__name__, a.__aiter__() is a, run(a.__anext__()), run(a.asend('hello')), run(a.__anext__()))
try: run(a.__anext__())
except StopAsyncIteration as e: print('stop', e.args)
async def col(): return [x async for x in g(4)]
print(run(col()))
a = g(2)
try: run(a.asend('x'))
except TypeError as e: print(e)
run(a.aclose())
async def h():
    try: yield 1
    except ValueError as e: yield 'caught ' + str(e)
    finally: print('fin'); await Y('cleanup')
a = h(); print(run(a.__anext__()), run(a.athrow(ValueError('v')))); print(run(a.aclose()))
a = h(); run(a.__anext__())
try: run(a.athrow(KeyError('k')))
except KeyError as e: print(repr(e))
a = h(); run(a.__anext__()); print(run(a.aclose()))
try: run(a.__anext__())
except StopAsyncIteration: print('closed')
async def ign():
    try: yield 1
    except GeneratorExit: yield 2
a = ign(); run(a.__anext__())
try: run(a.aclose())
except RuntimeError as e: print(e)
async def si(v): yield 1; raise v
for v in (StopIteration('a'), StopAsyncIteration('b'), ValueError('c')):
    a = si(v); run(a.__anext__())
    try: run(a.__anext__())
    except Exception as e: print(type(e).__name__, e, repr(e.__cause__))
x = g(1).__anext__(); print(run(x))
try: run(x)
except RuntimeError as e: print(e)
print(g(1).ag_running, g(1).ag_code.co_name, g(1).ag_await, g(1).__name__)
for s in ("async def f():\n yield 1\n return 2", "async def f():\n yield from x", "async def f():\n return\n yield"):
    try: compile(s, '', 'exec'); print('ok')
    except SyntaxError as e: print(e.msg)
