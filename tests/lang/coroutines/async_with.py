# async with: protocol, suppression, several managers, errors.
# needs: 3.14
def run(c):
    try:
        while True: print('yielded', c.send(None))
    except StopIteration as e: return e.value
class Y:
    def __init__(self, v): self.v = v
    def __await__(self): yield self.v; return self.v
class CM:
    def __init__(self, n, swallow=False): self.n, self.s = n, swallow
    async def __aenter__(self): print('aenter', self.n); await Y('ent' + self.n); return self.n
    async def __aexit__(self, *a): print('aexit', self.n, repr(a[1])); await Y('ex' + self.n); return self.s
async def a():
    async with CM('1') as x: print('body', x); await Y('body')
    async with CM('2') as p, CM('3') as q: print(p, q)
    async with (CM('4') as p, CM('5')): pass
    return 'done'
print(run(a()))
async def b():
    async with CM('s', True): raise ValueError('swallowed')
    try:
        async with CM('n'): raise KeyError('passes')
    except KeyError as e: print('caught', e)
    return 'b'
print(run(b()))
async def c():
    for i in range(3):
        async with CM(str(i)):
            if i == 0: continue
            return i
print(run(c()))
class Sync:
    def __enter__(self): return 1
    def __exit__(self, *a): pass
class Half:
    async def __aenter__(self): pass
class NotAw:
    def __aenter__(self): return 5
    async def __aexit__(self, *a): pass
class NotAwExit:
    async def __aenter__(self): pass
    def __aexit__(self, *a): return 5
for v in (Sync(), Half(), NotAw(), NotAwExit(), 5):
    async def f():
        async with v: print('in')
    try: run(f())
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
async def sync_with_async():
    with CM('x'): pass
try: run(sync_with_async())
except (TypeError, AttributeError) as e: print(type(e).__name__, e)
