"""Sorting: plain ints, strings, tuples, key functions, reverse, objects with __lt__, stability."""


class Person:
    def __init__(self, name, age):
        self.name = name
        self.age = age

    def __lt__(self, other):
        return (self.age, self.name) < (other.age, other.name)


def numbers(n, seed=99):
    out = []
    for _ in range(n):
        seed = (seed * 48271) % 2147483647
        out.append(seed)
    return out


def digest(items):
    h = 0
    for i in items:
        h = (h * 31 + i) & 0xFFFFFFFF
    return h


values = numbers(200_000)
results = [digest(sorted(values)), digest(sorted(values, reverse=True)),
           digest(sorted(values, key=lambda v: (v % 1000, v))), digest(sorted(values, key=lambda v: -(v >> 9))),
           digest(map(int, sorted(map(str, values)))), digest(int(f) for f in sorted([v / 2 for v in values]))]
pairs = sorted(zip([v % 100 for v in values], values))
results.append(digest(b for _, b in pairs))
people = [Person("p%d" % (v % 5000), v % 90) for v in values[:70_000]]
people.sort()
results.append(digest(p.age for p in people) ^ digest(int(p.name[1:]) for p in people))
by_name = sorted(people, key=lambda p: p.name)
results.append(digest(p.age for p in by_name))
nearly = list(range(200_000))
for i in range(0, 200_000, 5_000):
    nearly[i], nearly[-i - 1] = nearly[-i - 1], nearly[i]
nearly.sort()
results.append(nearly[123_456])
print(results)
