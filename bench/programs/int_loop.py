"""Integer arithmetic in while and for loops: linear congruence, Collatz, bit counting by shifts."""


def congruence(steps):
    state = 12345
    low = 0
    for _ in range(steps):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        low ^= state >> 7
    return state, low


def longest_collatz(limit):
    best = best_start = 0
    for start in range(1, limit):
        n = start
        steps = 0
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            steps += 1
        if steps > best:
            best = steps
            best_start = start
    return best_start, best


def bits(limit):
    total = 0
    for n in range(limit):
        while n:
            total += n & 1
            n //= 2
    return total


print(congruence(5_000_000), longest_collatz(80_000), bits(200_000))
