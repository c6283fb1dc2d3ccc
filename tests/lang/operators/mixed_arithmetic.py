# Arithmetic between bool, int, float and complex.
vals = [True, 2, 1.5, 2+1j]
for a in vals:
    for b in vals:
        print(a, b, a + b, a - b, a * b, a / b)
print(True + True, True * 5, -True, +True, ~5, True / 2, True // 2, True ** 2, 5 % True)
print(7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, 7.5 // -2, 7.5 % -2, divmod(-7.5, 2))
print(2 ** 0.5, 4 ** -0.5, 2.0 ** 3, 0.0 ** 0, (-8) ** (1/3))
print(1e308 * 10, -1e308 * 10, 1e308 + 1e308, 1e-320 / 10)
print(10**400 // 10**399, 10**400 / 10**399, 3 * 0.1, 0.1 * 3)
for f in (lambda: 10**400 * 1.0, lambda: 10**400 / 1, lambda: 10**400 + 0.5):
    try:
        print(f())
    except OverflowError as e:
        print(e)
print(float('inf') - float('inf'), float('inf') * 0, -0.0 + 0, 0.0 * -1, 5 // float('inf'), -5 // float('inf'), -5 % float('inf'))
