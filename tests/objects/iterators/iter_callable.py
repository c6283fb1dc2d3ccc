# iter(callable, sentinel), iter protocol objects, next defaults.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

n = 0
def inc():
    global n
    n += 1
    return n
it = iter(inc, 4); print(list(it), n, list(it), n, type(it).__name__); print(list(iter(lambda: 5, 5)), next(iter(inc, None)))
class E:
    def __eq__(self, o): print('eq', o); return o == 7
print(list(iter(inc, E())))
def stopper(): raise StopIteration
print(list(iter(stopper, 0)))
def boom(): raise ValueError('b')
err(list, iter(boom, 0)); err(iter, 5, 0); err(iter); err(iter, 1, 2, 3); err(iter, None); err(iter, print); err(next, iter([])); err(next, iter([]), 'd'); err(next, 5); err(next, 'abc'); err(next, []); err(next); err(next, iter([1]), 2, 3)
class Bad:
    def __iter__(self): return [1]
class NoNext:
    def __iter__(self): return self
err(iter, Bad()); err(iter, NoNext()); err(list, Bad())
class N:
    def __next__(self): return 'next without iter'
print(next(N())); err(iter, N()); err(list, N())
class G:
    def __getitem__(self, i):
        if i == 2: raise StopIteration
        return i
print(list(G())); class_it = iter(G()); print(type(class_it).__name__, next(class_it), class_it.__reduce__()[1][0].__class__.__name__)
class G2:
    def __getitem__(self, i): raise KeyError('not IndexError')
err(list, G2())
class H:
    def __iter__(self): return iter(())
    def __length_hint__(self): return NotImplemented
import operator; print(operator.length_hint(H(), 7), operator.length_hint([1, 2]), operator.length_hint(iter([1, 2, 3])), operator.length_hint(5, 9), operator.length_hint(iter(range(5))), operator.length_hint(x for x in 'a'))
a = iter([1, 2, 3, 4]); print([(x, next(a)) for x in a]); a = iter('ab'); print(next(a), a.__next__(), next(a, 'dflt'), next(a, None))
for c in ([], (), '', {}, set(), range(0), b'', bytearray(), {}.items(), map(str, []), zip(), enumerate([]), reversed([]), (x for x in [])): assert list(c) == [] and iter(iter(c)) is not None
print([type(iter(c)).__name__ for c in ([], (), '', {}, set(), range(0), b'', bytearray(), {}.keys(), {}.values(), {}.items(), frozenset(), range(10**20), memoryview(b''))])
