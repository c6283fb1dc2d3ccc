# Matrix arithmetic with lists: product, determinant, inverse by fractions of integers.
def mul(a, b): return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
def ident(n): return [[int(i == j) for j in range(n)] for i in range(n)]
def power(m, n):
    r = ident(len(m))
    while n:
        if n & 1: r = mul(r, m)
        m = mul(m, m); n >>= 1
    return r
def det(m): return m[0][0] if len(m) == 1 else sum((-1) ** j * m[0][j] * det([r[:j] + r[j + 1:] for r in m[1:]]) for j in range(len(m)))
a = [[1, 2, 3], [4, 5, 6], [7, 8, 10]]
print(mul(a, ident(3)) == a, mul(a, a), det(a), power([[1, 1], [1, 0]], 90)[0][1], list(map(list, zip(*a))))
class M:
    def __init__(self, r): self.r = r
    def __matmul__(self, o): return M(mul(self.r, o.r))
    def __add__(self, o): return M([[x + y for x, y in zip(p, q)] for p, q in zip(self.r, o.r)])
    def __repr__(self): return f"M{self.r}"
    def __getitem__(self, ij): return self.r[ij[0]][ij[1]]
m = M([[1, 2], [3, 4]])
print(m @ m, m + m, m[1, 0], det([[2, 0, 1, 3], [1, 1, 0, 2], [0, 3, 1, 1], [4, 1, 2, 0]]))
def gauss(m, b):
    n = len(m); m = [r[:] + [v] for r, v in zip(m, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda k: abs(m[k][i])); m[i], m[p] = m[p], m[i]
        for k in range(i + 1, n):
            f = m[k][i] / m[i][i]
            for j in range(i, n + 1): m[k][j] -= f * m[i][j]
    x = [0] * n
    for i in reversed(range(n)): x[i] = (m[i][n] - sum(m[i][j] * x[j] for j in range(i + 1, n))) / m[i][i]
    return x
print([round(v, 9) for v in gauss([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3])])
