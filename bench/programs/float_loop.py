"""Float arithmetic in plain loops: a series, Newton's roots, numerical integration, a logistic map."""


def leibniz(terms):
    total = 0.0
    sign = 1.0
    for k in range(terms):
        total += sign / (2 * k + 1)
        sign = -sign
    return 4.0 * total


def roots(count):
    total = 0.0
    for i in range(1, count):
        x = guess = float(i)
        while True:
            better = 0.5 * (guess + x / guess)
            if abs(better - guess) < 1e-9 * better:
                break
            guess = better
        total += better
    return total


def integrate(steps):
    h = 2.0 / steps
    area = 0.0
    x = 0.0
    for _ in range(steps):
        mid = x + h * 0.5
        area += (mid * mid * mid - 2.0 * mid + 1.0) * h
        x += h
    return area


def logistic(steps):
    x = 0.4
    seen = 0
    for _ in range(steps):
        x = 3.75 * x * (1.0 - x)
        if x > 0.5:
            seen += 1
    return seen


print(f"{leibniz(6_000_000):.12f} {roots(90_000):.6f} {integrate(4_500_000):.9f} {logistic(4_500_000)}")
