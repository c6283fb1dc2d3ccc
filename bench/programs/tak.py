"""Takeuchi's function and Ackermann's: calls of three arguments, and recursion a thousand frames deep."""

import sys

sys.setrecursionlimit(20000)


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print(tak(24, 16, 7), tak(20, 14, 5), [ackermann(2, n) for n in range(5)], ackermann(3, 9))
