# Shortest round-trip repr across magnitudes.
vals = [0.1, 0.5, 1/3, 2/3, 1e15, 1e16, 123456789.123456789, 1e21, 1e22, 1e23, 1.1e16, 9999999999999998.0, 99999999999999990.0,
        1e-4, 1e-5, 0.00012, 1.5e-10, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 4.35, 2.675, 1.005, 0.1 + 0.2,
        1e100, 1.2345e-100, 3.0, 100.0, 1e2, 12345678.9, 2**0.5, 3.141592653589793, 1e300 * 1e10, -0.0, 5e-1, 299792458.0, 6.02214076e23, 6.62607015e-34]
for v in vals: print(repr(v), str(-v), repr(v) == str(v), float(repr(v)) == v)
x = 1.0
for i in range(0, 400, 23): print(10.0 ** (i - 200), 2.0 ** (i - 200), 3.0 ** (i - 200))
state = 12345
for _ in range(60):
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    import struct
    f = struct.unpack('<d', struct.pack('<Q', state))[0]
    if f == f: print(f, end=' '); assert float(repr(f)) == f
print()
print([1.0, (2.5,), {3.5: 4e100}], 1.0 .__repr__(), [float('nan'), float('inf'), -float('inf')])
