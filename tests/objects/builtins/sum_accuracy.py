# sum of floats uses compensated summation.
# needs: 3.14
print(sum([0.1] * 10), sum([0.1] * 3), sum([1e16, 1.0, -1e16]), sum([1.0, 1e100, 1.0, -1e100]), sum([0.1, 0.2, 0.3]), sum([1, 0.1, 0.2]), sum([0.1 for _ in range(1000)]))
print(sum([1e308, 1e308]), sum([float('inf'), -float('inf')]), sum([1e-20] * 10 + [1.0]), sum((x / 10 for x in range(100))), sum([0.1, 10**20, -10**20]), sum([0.1] * 10, 1), sum([-0.0]), sum([-0.0], -0.0), sum([True, 0.1, 0.2]))
print(sum([3.3, 1.1, 2.2, -6.6]), sum([1.5, 2**53, 1.0]), sum([0.1, 0.2, 1j]), sum([1e15, 0.3, 0.3, 0.3]))
