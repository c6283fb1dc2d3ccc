"""Dictionaries: int, string and tuple keys, counting, merging, deleting, walking in order."""


def counting(n):
    counts = {}
    x = 1
    for _ in range(n):
        x = (x * 48271) % 2147483647
        key = x % 5003
        counts[key] = counts.get(key, 0) + 1
    return max(counts.values()), len(counts)


def strings(n):
    table = {}
    for i in range(n):
        table["key%d" % (i % 7919)] = i
    total = 0
    for name, value in table.items():
        total += len(name) * value
    return total


def grid(n):
    cells = {(x, y): x ^ y for x in range(n) for y in range(n)}
    total = 0
    for x in range(1, n - 1):
        for y in range(1, n - 1):
            total += cells[x - 1, y] - cells[x + 1, y] + cells[x, y - 1] * 2 - cells[x, y + 1]
    return total


def churn(n):
    live = {}
    for i in range(n):
        live[i] = i * i
        if i >= 1000:
            del live[i - 1000]
        if i % 1000 == 0 and i - 500 in live:
            live.pop(i - 500)
            live.setdefault(i - 500, -1)
    return sum(live.values()), next(iter(live))


def merging(n):
    total = 0
    for i in range(n):
        merged = {"a": i, "b": 2, **{"c": 3, "a": 4}} | {"d": i}
        merged.update(e=5, a=i)
        total += sum(merged.values()) + len(merged)
    return total


print(counting(2_000_000), strings(1_200_000), grid(600), churn(1_200_000), merging(400_000))
