"""Digits of pi by a spigot and by Machin's formula: big integers that grow all the time."""


def spigot(count):
    digits = []
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while len(digits) < count:
        if 4 * q + r - t < m * t:
            digits.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = (q * k, (2 * q + r) * x, t * x, k + 1,
                                (q * (7 * k + 2) + r * x) // (t * x), x + 2)
    return digits


def arctan_inverse(x, one):
    term = total = one // x
    square = x * x
    n = 3
    sign = -1
    while term:
        term //= square
        total += sign * (term // n)
        sign = -sign
        n += 2
    return total


def machin(digits):
    one = 10 ** (digits + 10)
    return 4 * (4 * arctan_inverse(5, one) - arctan_inverse(239, one)) // 10 ** 10


def digest(text):
    h = 0
    for c in text:
        h = (h * 131 + ord(c)) % 1_000_000_007
    return h


first = "".join(map(str, spigot(3600)))
second = str(machin(4200))
third = machin(11_000)
print(first[-10:], digest(first), second[-10:], digest(second), third % 1_000_000_007, second.startswith(first[:1400]))
