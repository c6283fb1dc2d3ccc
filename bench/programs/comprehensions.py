"""List, dict, set and nested comprehensions, generator expressions, map, filter, zip, enumerate, any and all."""


def once(n):
    squares = [x * x for x in range(n)]
    even = [x for x in squares if x % 2 == 0]
    table = {x: x % 7 for x in even}
    groups = {r: [x for x, v in table.items() if v == r][:3] for r in range(7)}
    flat = [y for row in groups.values() for y in row]
    kinds = {(x % 5, y % 3) for x, y in zip(squares, reversed(even))}
    total = sum(x for x in squares if x & 3)
    mapped = list(map(lambda a, b: a - b, squares, even))
    kept = list(filter(None, (x % 4 for x in squares)))
    found = any(x > n * n for x in squares) or all(x >= 0 for x in squares)
    indexed = max((v, -i) for i, v in enumerate(mapped))
    grid = [[i * j for j in range(12)] for i in range(12)]
    turned = [list(row) for row in zip(*grid)]
    return len(flat) + len(kinds) + total + sum(mapped) + len(kept) + found + sum(indexed) + sum(map(sum, turned))


answer = 0
for size in range(700, 2400):
    answer = (answer * 7 + once(size)) % 1_000_000_007
print(answer)
