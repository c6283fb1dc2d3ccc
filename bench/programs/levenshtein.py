"""Dynamic programming: edit distance, longest common subsequence, knapsack, matrix chain."""


def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        current = [i]
        for j, cb in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (ca != cb)))
        previous = current
    return previous[-1]


def common(a, b):
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                rows[i + 1][j + 1] = rows[i][j] + 1
            elif rows[i][j + 1] >= rows[i + 1][j]:
                rows[i + 1][j + 1] = rows[i][j + 1]
            else:
                rows[i + 1][j + 1] = rows[i + 1][j]
    out = []
    i, j = len(a), len(b)
    while i and j:
        if a[i - 1] == b[j - 1]:
            out.append(a[i - 1])
            i -= 1
            j -= 1
        elif rows[i - 1][j] >= rows[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return "".join(reversed(out))


def knapsack(items, capacity):
    best = [0] * (capacity + 1)
    for weight, value in items:
        for room in range(capacity, weight - 1, -1):
            with_it = best[room - weight] + value
            if with_it > best[room]:
                best[room] = with_it
    return best[capacity]


def chain(sizes):
    n = len(sizes) - 1
    cost = [[0] * n for _ in range(n)]
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            cost[i][j] = min(cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1] for k in range(i, j))
    return cost[0][n - 1]


def letters(n, seed):
    out = []
    for _ in range(n):
        seed = (seed * 16807) % 2147483647
        out.append("abcdefgh"[seed >> 10 & 7])
    return "".join(out)


a, b = letters(1900, 5), letters(1800, 9)
lcs = common(a, b)
items = [(seed % 50 + 5, seed % 97) for seed in range(3, 2000, 17)]
print(distance(a, b), len(lcs), lcs[:12], knapsack(items, 9000), chain([seed % 37 + 3 for seed in range(1, 900, 13)]))
