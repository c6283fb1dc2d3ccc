# Bitwise operators on small, negative and large integers.
for a in (0, 1, -1, 5, -6, 255, 2**40, -2**40, 2**70, -2**70):
    for b in (0, 1, -1, 12, 2**65):
        print(a, b, a & b, a | b, a ^ b)
    print(~a)
for n in (0, 1, 5, 60, 61, 62, 63, 64, 100):
    print(n, 1 << n, -1 << n, (1 << n) >> 3, -(1 << n) >> 3, (-5) >> n, 5 >> n)
print(0 << 10**10, 0 >> 10**10, 5 >> 10**20, -5 >> 10**20)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 1.0, lambda: ~1.5, lambda: 1 & 1.0, lambda: 1 | 'a'):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(True & False, True | 2, True ^ True, False | False, type(True & 1), type(True & True))
