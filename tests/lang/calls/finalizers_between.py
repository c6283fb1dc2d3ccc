# Finalizers run at a call of a function whose arguments have to be bound: what was bound is still there afterwards, and a
# finalizer that gives the function other code does no harm.
# options: -X collect_every=7
# differs: CPython collects cycles rarely, so its finalizers do not run here


def fill(a, b, c, d, e=5, *rest, **more):
    x, y, z = (a, b), [c, d], {e: rest}
    return x, y, z, more


class Noisy:
    def __init__(self):
        self.me = self

    def __del__(self):
        fill(1, 2, 3, 4, 6, 7, key="word")


def bind(a, b=20, *rest, c=30, **more):
    return a, b, rest, c, more


def generate():
    for i in range(100):
        Noisy()
        shift = [[] for _ in range(i % 7)]
        yield bind(i, k=i)


class Made:
    def __init__(self, a, b=2, **more):
        self.all = a, b, more


wrong = []
for i in range(400):
    Noisy()
    shift = [[] for _ in range(i % 7)]
    for got, wanted in [(bind(i), (i, 20, (), 30, {})), (bind(i, 1, 2, c=3, k=4), (i, 1, (2,), 3, {"k": 4})),
                        (bind(*(i, 7), **{"z": i}), (i, 7, (), 30, {"z": i})), (Made(i).all, (i, 2, {})),
                        (Made(i, x=1).all, (i, 2, {"x": 1}))]:
        if got != wanted:
            wrong.append((got, wanted))
for i, got in enumerate(generate()):
    if got != (i, 20, (), 30, {"k": i}):
        wrong.append(got)
print(wrong[:3], len(wrong))


def first(a, b=1, **k):
    return "first", a, b, k


def second(a, b=1, c=2, d=3, e=4, f=5, g=6, **k):
    u = v = w = x = y = z = a
    return "second", a, b, c, g, k


codes = [first.__code__, second.__code__]
defaults = {codes[0]: first.__defaults__, codes[1]: second.__defaults__}


def target(a, b=1, **k):
    pass


class Swaps(Noisy):
    def __del__(self):
        code = codes[target.__code__ is codes[0]]
        target.__code__, target.__defaults__ = code, defaults[code]
        fill(1, 2, 3, 4)


seen = set()
for i in range(400):
    Swaps()
    shift = [[] for _ in range(i % 7)]
    result = target(1, k=2)
    seen.add(result if result is None else (result[0], result[1:-1], tuple(result[-1].items())))
    result = target(1)
    seen.add(result if result is None else (result[0], result[1:-1], tuple(result[-1].items())))
print(sorted(map(str, seen - {None})))
