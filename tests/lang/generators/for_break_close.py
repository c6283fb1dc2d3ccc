# generators and loops: break, exceptions, unfinished state.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def g():
    try:
        for i in range(5): yield i
    finally: print('closed')
it = g()
for x in it:
    if x == 2: break
print('after break', next(it)); it.close(); print(next(it, 'done'))
---
def g(): yield 1; raise ValueError('inside'); yield 2
out = []
try:
    for x in g(): out.append(x)
except ValueError as e: print(out, e)
---
def g():
    x = yield 'first'
    while x: x = yield x * 2
    return 'returned'
it = g(); print(next(it), it.send(5), it.send(3))
try: it.send(0)
except StopIteration as e: print(e.value)
---
def g():
    yield
    yield None
print(list(g()))
---
def outer():
    def inner(): yield 1
    return inner()
print(list(outer()))
---
def g(n):
    if n > 0:
        yield n
        yield from g(n - 1)
print(list(g(4)))
---
def g():
    yield 1
it = g(); it.send(1)
---
def g(): print('never'); yield
it = g(); it.close(); print(next(it, 'closed'))
---
print(sum(i for i in range(5)), list(i for i in []), max((i for i in [3, 1]), default=0), next(i for i in 'ab'))
next(i for i in [])
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
