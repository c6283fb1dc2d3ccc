# small send and throw cases.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def g():
    try: x = yield 1
    except ValueError: x = 'caught'
    yield x
i = g(); next(i); print(i.send('sent'))
i = g(); next(i); print(i.throw(ValueError))
i = g(); next(i)
i.throw(KeyError('through'))
---
def g(): yield 1
i = g(); i.throw(ValueError('unstarted'))
---
def g(): yield 1
i = g(); list(i); i.throw(ValueError('exhausted'))
---
def g():
    while True:
        try: yield
        except ValueError as e: print('handled', e)
i = g(); next(i)
for n in range(3): i.throw(ValueError(n))
---
def g(): yield
i = g(); next(i); i.send('x')
---
def g():
    x = 0
    while x < 10: x = (yield x) or x + 1
i = g(); print(next(i), next(i), i.send(8), next(i)); next(i)
---
def g():
    try: yield 1
    finally: yield 2
i = g(); next(i); print(i.throw(ValueError('pending')))
next(i)
---
def g():
    try: yield
    except GeneratorExit: print('exit'); raise
i = g(); next(i); print(i.close(), i.close())
---
def g(): yield 5
i = g(); i.throw(TypeError, 'msg') if False else i.throw(TypeError('msg'))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
