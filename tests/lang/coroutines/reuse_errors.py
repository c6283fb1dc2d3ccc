# Coroutine reuse, throw, close, StopIteration inside, attributes.
async def f(): return 1
c = f()
try: c.send(None)
except StopIteration as e: print(e.value)
for m in (lambda: c.send(None), lambda: c.throw(ValueError('x'))):
    try: m()
    except RuntimeError as e: print(e)
print(c.close())
class Aw:
    def __await__(self):
        try: r = yield 'suspended'
        except ValueError as e: print('in await', e); r = 'recovered'
        return r
async def g():
    try: return await Aw()
    except KeyError: return 'key'
    finally: print('cleanup')
c = g(); print(c.send(None), type(c.cr_await).__name__)
try: c.throw(ValueError('v'))
except StopIteration as e: print(e.value)
c = g(); c.send(None)
try: c.throw(KeyError)
except StopIteration as e: print(e.value)
c = g(); c.send(None); c.close(); print(c.cr_frame)
async def si(): raise StopIteration('x')
try: si().send(None)
except RuntimeError as e: print(e, repr(e.__cause__))
async def sai(): raise StopAsyncIteration
try: sai().send(None)
except StopAsyncIteration: print('StopAsyncIteration passes')
async def twice():
    c = f(); await c; await c
try: twice().send(None)
except RuntimeError as e: print(e)
async def selfaw(): await me
me = selfaw()
try: me.send(None)
except (RuntimeError, ValueError) as e: print(e)
class Y:
    def __await__(self): yield
async def w(c): await c
y = Y(); shared = w(y); a, b = w(shared), w(shared); a.send(None)
try: b.send(None)
except RuntimeError as e: print(e)
a.close(); shared.close(); c = f(); c.__name__ = 'n'; c.__qualname__ = 'q'; print(c.__name__, c.__qualname__, repr(c)[:20]); c.close()
try: type(c)()
except TypeError as e: print(e)
import inspect; print(inspect.iscoroutinefunction(f), inspect.iscoroutine(c), inspect.getcoroutinestate(c), inspect.isawaitable(Y()))
aw = f().__await__(); print(type(aw).__name__, iter(aw) is aw)
try: next(aw)
except StopIteration as e: print(e.value)
