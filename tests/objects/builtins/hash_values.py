# Hash values that must match across equal numbers; fixed numeric hashes.
# needs: 3.12
from fractions import Fraction
from decimal import Decimal
for n in (0, 1, -1, -2, 7, 2**31, 2**61 - 1, 2**61, -2**61, 2**62, 2**100, -3**50): print(n, hash(n), hash(float(n)) if abs(n) < 2**53 else '', hash(Fraction(n)) == hash(n), hash(Decimal(n)) == hash(n), hash(complex(n)) == hash(float(n)) if abs(n) < 2**53 else '')
for f in (0.5, -0.5, 0.1, 1e100, -1e-100, 5e-324, 1.7976931348623157e308, float('inf'), float('-inf'), 3.14, -0.0, 2.0**70): print(f, hash(f))
print(hash(0.5) == hash(Fraction(1, 2)) == hash(Decimal('0.5')), hash(1j), hash(1+2j), hash(0.5+1j), hash(-1-1j), hash(True), hash(False))
print(hash(()), hash((1,)), hash((1, 2)), hash((1, (2, 3))), hash((0.5, -1)), hash((-1, -2)), hash((None,)) == hash((None,)), hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2, 3])), hash(frozenset([-1, 0.5])), hash(frozenset([(), (1,)])))
print(hash(range(0)), hash(range(1)) == hash((1, 0, None)), hash(range(5)) == hash((5, 0, 1)), hash(slice(1, 2)) == hash(slice(1, 2)) if __import__('sys').version_info >= (3, 12) else True)
import sys; h = sys.hash_info; print(h.width, h.modulus, h.inf, h.nan, h.imag)
class H:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v
for v in (0, -1, 2**61 - 1, 2**61, 2**63, -2**63, 10**30, True, 2**64): print(hash(H(v)), end=' ')
print()
for v in (1.5, 'a', None, ()):
    try: hash(H(v))
    except TypeError as e: print(e)
for v in ([], {}, set(), bytearray(), [1], ({},), slice([], 1), memoryview(bytearray(1)), {}.keys(), [].__iter__() and {1: 2}.items()):
    try: hash(v); print('hashable', type(v).__name__)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
