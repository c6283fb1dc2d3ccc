"""Product of square matrices kept as lists of lists, with ints and floats, and Gaussian elimination."""


def matrix(n, seed):
    rows = []
    for _ in range(n):
        row = []
        for _ in range(n):
            seed = (seed * 16807) % 2147483647
            row.append(seed % 19 - 9)
        rows.append(row)
    return rows


def product(a, b):
    n = len(a)
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        row = a[i]
        into = c[i]
        for j in range(n):
            total = 0
            for k in range(n):
                total += row[k] * b[k][j]
            into[j] = total
    return c


def product_by_zip(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def determinant(m):
    m = [list(map(float, row)) for row in m]
    n = len(m)
    result = 1.0
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(m[r][i]))
        if m[pivot][i] == 0.0:
            return 0.0
        if pivot != i:
            m[i], m[pivot] = m[pivot], m[i]
            result = -result
        result *= m[i][i]
        for r in range(i + 1, n):
            factor = m[r][i] / m[i][i]
            for c in range(i, n):
                m[r][c] -= factor * m[i][c]
    return result


n = 230
a, b = matrix(n, 7), matrix(n, 11)
c = product(a, b)
d = product_by_zip([[x * 0.5 for x in row] for row in a], b)
trace = sum(c[i][i] for i in range(n))
print(trace, sum(map(sum, c)), sum(map(sum, d)), f"{determinant(matrix(170, 3)):.6e}")
