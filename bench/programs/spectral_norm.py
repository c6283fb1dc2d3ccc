"""Largest singular value of an infinite matrix, cut to n rows: generator expressions over float arithmetic."""


def entry(i, j):
    s = i + j
    return 1.0 / (s * (s + 1) // 2 + i + 1)


def times(vector):
    n = len(vector)
    return [sum(entry(i, j) * x for j, x in enumerate(vector)) for i in range(n)]


def times_transposed(vector):
    n = len(vector)
    return [sum(entry(j, i) * x for j, x in enumerate(vector)) for i in range(n)]


def norm(n, rounds=10):
    u = [1.0] * n
    for _ in range(rounds):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    ab = sum(a * b for a, b in zip(u, v))
    bb = sum(b * b for b in v)
    return (ab / bb) ** 0.5


print(f"{norm(420):.9f}")
