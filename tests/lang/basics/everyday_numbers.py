# Integers and floats in everyday use.
print(7 // 2, 7 % 2, -7 // 2, -7 % 2, 7 / 2, 2 ** 10, 2 ** 0.5)
print(0.1 + 0.2, 1e10, 1.0, 3 * 1.5, 10 / 5, int(3.9), float(3), round(2.5), round(3.14159, 2))
print(abs(-3), max(1, 2), min(1, 2), divmod(17, 5), pow(2, 5), sum([1, 2, 3]))
print(10 ** 20, 2 ** 100, 123456789 * 987654321, -(10 ** 18) - 1)
print(0b101, 0o17, 0xff, bin(5), oct(8), hex(255), int("ff", 16), 1_000_000)
print(1 == 1.0, 1 < 1.5, 5 > 3 > 1, True + 1, 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 256 >> 4)
print(str(5), repr(1.5), int("42") + 1, float("2.5"), complex(1, 2) * 2)
