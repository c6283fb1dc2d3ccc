# The count that was got appears in the message of unpacking too much.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

def two(x): a, b = x; return a, b
err(two, [1, 2, 3]); err(two, (1, 2, 3, 4)); err(two, 'abc'); err(two, {1: 1, 2: 2, 3: 3}); err(two, range(5))
err(two, iter([1, 2, 3])); err(two, (i for i in range(9))); err(two, {1, 2, 3}); err(two, b'xyz')
def one(x): a, = x; return a
err(one, [1, 2]); err(one, ()); err(one, [5])
def none(x): [] = x
err(none, [1]); err(none, ()); err(none, '')
