# Classic dynamic programs: LCS, knapsack, edit distance, coins, partitions.
def lcs(a, b):
    t = [[''] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b): t[i + 1][j + 1] = t[i][j] + x if x == y else max(t[i][j + 1], t[i + 1][j], key=len)
    return t[-1][-1]
def edit(a, b):
    prev = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        cur = [i]
        for j, y in enumerate(b, 1): cur.append(min(prev[j] + 1, cur[-1] + 1, prev[j - 1] + (x != y)))
        prev = cur
    return prev[-1]
def knap(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1): best[c] = max(best[c], best[c - w] + v)
    return best[cap]
def coins(cs, n):
    ways = [1] + [0] * n
    for c in cs:
        for i in range(c, n + 1): ways[i] += ways[i - c]
    return ways[n]
def parts(n, m=None, memo={}):
    m = n if m is None else m
    if n == 0: return 1
    if (n, m) not in memo: memo[n, m] = sum(parts(n - k, min(k, n - k)) for k in range(1, m + 1))
    return memo[n, m]
def lis(a):
    best = []
    for x in a:
        p = [b for b in best if b and b[-1] < x]
        best.append((max(p, key=len) if p else []) + [x])
    return max(best, key=len)
print(lcs('AGGTAB', 'GXTXAYB'), edit('kitten', 'sitting'), edit('', 'abc'), knap([(1, 1), (3, 4), (4, 5), (5, 7)], 7), coins([1, 2, 5, 10, 25, 50], 100), [parts(n) for n in range(1, 20)], lis([10, 9, 2, 5, 3, 7, 101, 18]))
def matrix_chain(d):
    n = len(d) - 1; m = [[0] * n for _ in range(n)]
    for L in range(2, n + 1):
        for i in range(n - L + 1): m[i][i + L - 1] = min(m[i][k] + m[k + 1][i + L - 1] + d[i] * d[k + 1] * d[i + L] for k in range(i, i + L - 1))
    return m[0][-1]
print(matrix_chain([40, 20, 30, 10, 30]))
