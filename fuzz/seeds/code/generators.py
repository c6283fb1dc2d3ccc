def g(n):
    try:
        for i in range(n):
            got = yield i
            if got: print(got)
    except ValueError as e:
        yield e
    finally:
        n = None
    return 7
def outer():
    result = yield from g(3)
    yield result
it = outer()
print(next(it), it.send(5), list(it))
it = g(3)
next(it)
print(it.throw(ValueError(1)))
it.close()
print([*g(2)], (lambda: [(yield)])().send(None))
