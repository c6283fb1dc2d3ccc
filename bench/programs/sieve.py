"""Primes below n: sieves on a bytearray with slices, on a list of bools with loops, and by trial division."""


def with_slices(n):
    flags = bytearray([1]) * n
    flags[0:2] = b"\0\0"
    i = 2
    while i * i < n:
        if flags[i]:
            flags[i * i::i] = bytes(len(range(i * i, n, i)))
        i += 1
    return sum(flags)


def with_loops(n):
    flags = [True] * n
    flags[0] = flags[1] = False
    for i in range(2, n):
        if i * i >= n:
            break
        if flags[i]:
            for j in range(i * i, n, i):
                flags[j] = False
    last = 0
    count = 0
    for i in range(n):
        if flags[i]:
            count += 1
            last = i
    return count, last


def by_division(n):
    primes = []
    for candidate in range(2, n):
        for p in primes:
            if p * p > candidate:
                primes.append(candidate)
                break
            if candidate % p == 0:
                break
        else:
            primes.append(candidate)
    return len(primes), sum(primes)


print(with_slices(8_000_000), with_loops(5_000_000), by_division(350_000))
