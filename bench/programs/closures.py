"""Closures: counters with nonlocal, composed functions, currying, decorators, memoised recursion, callbacks."""


def counter(step):
    total = 0

    def add(n=1):
        nonlocal total
        total += n * step
        return total

    return add


def compose(*functions):
    def composed(x):
        for f in functions:
            x = f(x)
        return x

    return composed


def adder(n):
    return lambda x: x + n


def curry(f):
    return lambda a: lambda b: lambda c: f(a, b, c)


def memoised(f):
    known = {}

    def wrapper(*args):
        if args not in known:
            known[args] = f(*args)
        return known[args]

    return wrapper


@memoised
def paths(rows, columns):
    if rows == 0 or columns == 0:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


def each(items, callback, *args, **options):
    for item in items:
        callback(item, *args, **options)


def main():
    tick = counter(3)
    for i in range(3_000_000):
        tick(i & 7)
    chain = compose(adder(1), adder(2), lambda x: x * 2, adder(-3))
    total = 0
    for i in range(800_000):
        total += chain(i)
    volume = curry(lambda a, b, c: a * b - c)
    for i in range(700_000):
        total += volume(i)(2)(3)
    makers = [lambda x, k=k: x * k for k in range(10)]
    for i in range(2_000_000):
        total += makers[i % 10](i)
    seen = []
    each(range(1_000_000), lambda item, limit, *, scale=1: seen.append(item * scale) if item < limit else None,
         1000, scale=2)
    print(tick(0), total, paths(140, 160) % 1_000_000_007, sum(seen))


main()
