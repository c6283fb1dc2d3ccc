# An ASCII Mandelbrot set with complex and float loops.
def escape(c, limit=50):
    z = 0
    for n in range(limit):
        z = z * z + c
        if abs(z) > 2: return n
    return limit
for y in range(-6, 7): print(''.join(' .:-=+*#%@'[min(escape(complex(x / 12, y / 6)), 9)] for x in range(-26, 12)))
def floats(cx, cy):
    x = y = n = 0
    while x * x + y * y <= 4 and n < 100: x, y, n = x * x - y * y + cx, 2 * x * y + cy, n + 1
    return n
print([floats(i / 4 - 2, 0.3) for i in range(12)])
