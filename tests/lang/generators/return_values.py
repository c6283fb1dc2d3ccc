# StopIteration and return values of generators; PEP 479.
# needs: 3.13
def r(v): return v; yield
for v in (None, 5, (1, 2), StopIteration(1), ValueError('v')):
    try: next(r(v))
    except StopIteration as e: print(repr(e.value), e.args)
def pep479(): yield 1; raise StopIteration('x')
g = pep479(); next(g)
try: next(g)
except RuntimeError as e: print(e, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
def inner(): raise StopIteration
def via(): yield 1; inner()
try: list(via())
except RuntimeError as e: print(e)
def via_next(): yield next(iter([]))
try: list(via_next())
except RuntimeError as e: print(e)
def caught():
    try: yield next(iter([]))
    except StopIteration: yield 'caught inside'
print(list(caught()))
g = (next(iter([])) for _ in [1])
try: next(g)
except RuntimeError as e: print(e)
def fin():
    try: yield 1
    finally: return 'from finally'
g = fin(); next(g)
try: g.throw(ValueError)
except StopIteration as e: print(e.value)
g = fin(); next(g); print(g.close())
def early(n):
    for i in range(10):
        if i == n: return 'early %d' % n
        yield i
def drive(g):
    out = []
    while True:
        try: out.append(next(g))
        except StopIteration as e: return out, e.value
print(drive(early(2)), drive(early(0)), drive(early(99)))
class S(StopIteration): pass
def sub(): raise S('sub'); yield
try: next(sub())
except RuntimeError as e: print(e, type(e.__cause__).__name__)
