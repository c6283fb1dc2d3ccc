"""Sets: membership, algebra, growth by unions, frozensets as keys."""


def random_numbers(n, seed):
    for _ in range(n):
        seed = (seed * 69621) % 2147483647
        yield seed


def algebra(n):
    a = set(x % 100_003 for x in random_numbers(n, 3))
    b = set(x % 100_003 for x in random_numbers(n, 5))
    total = 0
    for _ in range(12):
        total += len(a & b) + 2 * len(a | b) + 3 * len(a - b) + 5 * len(a ^ b)
        total += (a & b <= a) + a.isdisjoint(b)
    return total


def reachable(n):
    """Breadth first over an implicit graph."""
    seen = {0}
    edge = {0}
    depth = 0
    while edge:
        edge = {y for x in edge for y in ((3 * x + 1) % n, (5 * x + 2) % n, x // 2)} - seen
        seen |= edge
        depth += 1
    return len(seen), depth


def membership(n):
    known = set()
    hits = 0
    for x in random_numbers(n, 17):
        x %= 40_009
        if x in known:
            hits += 1
            if hits % 3 == 0:
                known.discard(x)
        else:
            known.add(x)
    return hits, len(known)


def subsets(n):
    families = {frozenset()}
    for i in range(n):
        families |= {s | {i} for s in families}
    return len(families), sum(len(s) for s in families)


print(algebra(150_000), reachable(200_003), membership(1_300_000), subsets(16))
