# batched with strict; errors.
# needs: 3.13
import itertools as it
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

print(list(it.batched('ABCDEFG', 3)), list(it.batched('abcdef', 3, strict=True)), list(it.batched(range(5), n=2)), next(it.batched('xyz', 1)))
err(lambda: list(it.batched('abcd', 3, strict=True))); err(it.batched, 'a', 0); err(it.batched, 'a', -1); err(it.batched, 5, 1); err(it.batched, 'a'); err(it.batched, 'a', 'b'); err(it.batched, 'a', 1.5)
b = it.batched((x for x in range(7)), 3); print(next(b), next(b), next(b), next(b, 'end'))
def boom():
    yield 1; yield 2
    raise ValueError('boom')
err(lambda: list(it.batched(boom(), 2))); err(lambda: list(it.batched(boom(), 5)))
