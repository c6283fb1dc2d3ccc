# Ranges in loops: steps, negatives, big bounds.
for args in ((5,), (2, 5), (5, 2), (0, 10, 3), (10, 0, -3), (0, -5, -1), (-3, 3), (0,), (0, 1, 100), (3, 3)):
    print(args, [i for i in range(*args)])
for i in range(10**20, 10**20 + 3): print(i)
for i in range(2**61 - 2, 2**61 + 2): print(i)
for i in range(2**62 + 1, 2**62 - 2, -1): print(i)
for i in range(2**63 - 2, 2**63 + 1): print(i)
total = 0
for i in range(1000): total += i
print(total)
for i in range(-2**63, -2**63 + 6, 5): print(i)
for f in (lambda: range(1.5), lambda: range('a'), lambda: range(1, 2, 0), lambda: range(), lambda: range(1, 2, 3, 4)):
    try: f()
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
class Idx:
    def __index__(self): return 3
print(list(range(Idx())), list(range(True)), list(range(1, Idx(), Idx())))
for i in range(3):
    for j in range(i): print((i, j), end=' ')
print()
print([i for i in reversed(range(5))], [i for i in reversed(range(0, 10, 3))], list(reversed(range(5, 0, -2))))
