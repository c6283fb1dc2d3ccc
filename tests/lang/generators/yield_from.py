# yield from: delegation of values, send, throw, return, to any iterable.
def inner():
    r = yield 1; print('inner got', r); r = yield 2; print('inner got', r); return 'inner result'
def outer():
    v = yield from inner(); print('result', v); yield 3; return 'outer'
o = outer(); print(next(o), o.send('a'), o.send('b'))
try: next(o)
except StopIteration as e: print(e.value)
def many(): yield from 'ab'; yield from [1, 2]; yield from range(2); yield from {}; yield from (x for x in 'z')
print(list(many()))
def chain(*its):
    for it in its: yield from it
print(list(chain('ab', [1], (2, 3))))
def notiter(): yield from 5
try: list(notiter())
except TypeError as e: print(e)
def send_to_iter(): yield from iter([1, 2, 3])
s = send_to_iter(); next(s); print(s.send(None))
try: s.send('x')
except AttributeError as e: print(e)
class It:
    def __iter__(self): return self
    def __next__(self): return 'next'
    def send(self, v): print('send', v); return 'sent'
    def throw(self, *e): print('throw', repr(e[0] if isinstance(e[0], type) else e[0])); return 'thrown'
def d(): yield from It()
x = d(); print(next(x), x.send(1), x.send(None), x.throw(ValueError))
def val(): return (yield from ())
try: next(val())
except StopIteration as e: print(e.value)
def expr(): yield (yield from [1]) or 'none'; x = [(yield from 'a')]; yield x
print(list(expr()))
def deep(n):
    if n: yield from deep(n - 1)
    yield n
print(sum(deep(50)), list(deep(3)))
def stopval():
    class S:
        def __iter__(self): return self
        def __next__(self): raise StopIteration('custom')
    return (yield from S())
try: next(stopval())
except StopIteration as e: print(e.value)
def nothrow(): yield from [1, 2]
n = nothrow(); next(n)
try: n.throw(KeyError('k'))
except KeyError as e: print(repr(e), next(n, 'over'))
def reent():
    yield from g2
g2 = reent()
try: next(g2)
except ValueError as e: print(e)
