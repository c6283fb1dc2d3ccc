# needs: 3.13
# Which items list.sort compares, and in which order, shows in what a __lt__ sees and in which two a TypeError names.
import hashlib
import random


class Watched:
    seen = []

    def __init__(self, value, place):
        self.value, self.place = value, place

    def __lt__(self, other):
        Watched.seen.append((self.place, other.place))
        return self.value < other.value


def kinds(size, distinct, chance):
    values = [chance.randrange(distinct) for _ in range(size)]
    yield values
    yield sorted(values)
    yield sorted(values, reverse=True)
    yield sorted(values[: size // 2], reverse=True) + sorted(values[size // 2 :])
    yield values[: size // 3] + values[:1] * (size - size // 3)


chance = random.Random(5)
for size in [*range(1, 40), 64, 65, 100, 300, 1000]:
    digest = hashlib.sha256()
    compared = 0
    for distinct in (1, 2, 3, 10, size + 1):
        for values in kinds(size, distinct, chance):
            watched = [Watched(value, place) for place, value in enumerate(values)]
            Watched.seen = []
            watched.sort()
            compared += len(Watched.seen)
            digest.update(repr(([w.place for w in watched], Watched.seen)).encode())
            for reverse in (False, True):
                digest.update(repr(sorted(zip(values, range(size)), key=lambda pair: pair[0], reverse=reverse)).encode())
    print(size, compared, digest.hexdigest()[:16])

for items in ([-14, -37, -8.5, b"abc"], [3, 2, "x"], [1, 1, None], [5, 4, 4, 4, 3, ()]):
    try:
        items.sort()
    except TypeError as e:
        print(e)
