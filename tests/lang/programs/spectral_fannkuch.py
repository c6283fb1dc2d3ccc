# Spectral norm and fannkuch on small inputs.
def A(i, j): return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)
def mul(v, t=False): return [sum((A(j, i) if t else A(i, j)) * v[j] for j in range(len(v))) for i in range(len(v))]
u = [1.0] * 20
for _ in range(5): v = mul(mul(u), True); u = mul(mul(v), True)
vv = vbv = 0.0
for a, b in zip(u, v): vbv += a * b; vv += b * b
print('%.9f' % (vbv / vv) ** 0.5)
def fannkuch(n):
    p, count, maxflips, checksum, sign = list(range(n)), [0] * n, 0, 0, 1
    while True:
        q, flips = p[:], 0
        while (k := q[0]): q[:k + 1] = q[k::-1]; flips += 1
        maxflips = max(maxflips, flips); checksum += sign * flips
        if sign == 1: p[0], p[1] = p[1], p[0]; sign = -1
        else:
            p[1], p[2] = p[2], p[1]; sign = 1
            for i in range(2, n):
                if count[i] < i: count[i] += 1; break
                if i == n - 1: return checksum, maxflips
                count[i] = 0
                t = p[0]; p[:i + 1] = p[1:i + 2]; p[i + 1] = t
print(fannkuch(6), fannkuch(5))
