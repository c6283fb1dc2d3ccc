# Errors of unpacking: counts, non-iterables and iterators that fail.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

def two(x): a, b = x; return a, b
def nest(x): (a, b), c = x; return a, b, c
def star(x): a, *b, c = x; return a, b, c
err(two, [1, 2]); err(two, 'ab'); err(two, {1: 2, 3: 4}); err(two, range(2)); err(two, b'ab'); err(two, (i for i in 'xy'))
for bad in ([1], [], 'a', (1,), range(1), {5}): err(two, bad)
err(two, 5); err(two, None); err(two, 1.5); err(two, object); err(two, len)
err(nest, [[1, 2], 3]); err(nest, [1, 2]); err(nest, ['ab', 'c']); err(nest, [[1], 2])
err(star, [1]); err(star, []); err(star, [1, 2]); err(star, 5); err(star, 'abcd')
def gen(n, exc=None):
    for i in range(n): yield i
    if exc: raise exc
err(two, gen(1)); err(two, gen(2)); err(two, gen(2, KeyError('late'))); err(two, gen(1, KeyError('early')))
err(star, gen(1, OSError('star'))); err(star, gen(5))
class I:
    def __iter__(self): return self
    n = 0
    def __next__(self): self.n += 1; print("next", self.n); return self.n
it = I()
def many(x): a, b, c = x
try: many(it)
except ValueError as e: print("ValueError")
class L(list):
    def __iter__(self): return iter('zz')
err(two, L([1]))
class T(tuple):
    def __iter__(self): return iter('yy')
err(two, T([1]))
