"""Pancake flipping over all permutations of n: slices and index assignment of a small list."""


def fannkuch(n):
    count = list(range(1, n + 1))
    most = checksum = rounds = 0
    stack = list(range(n))
    left = n
    while True:
        while left != 1:
            count[left - 1] = left
            left -= 1
        if stack[0]:
            pile = stack[:]
            flips = 0
            first = pile[0]
            while first:
                pile[:first + 1] = pile[first::-1]
                flips += 1
                first = pile[0]
            if flips > most:
                most = flips
            checksum += flips if rounds % 2 == 0 else -flips
        rounds += 1
        while True:
            if left == n:
                return checksum, most
            stack.insert(left, stack.pop(0))
            count[left] -= 1
            if count[left] > 0:
                break
            left += 1


def run(n):
    """The same by a plain recursive permutation, which the first version must agree with on the maximum."""
    best = 0
    order = list(range(n))

    def permute(k):
        nonlocal best
        if k == n:
            pile = order[:]
            flips = 0
            while pile[0]:
                first = pile[0] + 1
                pile[:first] = pile[:first][::-1]
                flips += 1
            if flips > best:
                best = flips
            return
        for i in range(k, n):
            order[k], order[i] = order[i], order[k]
            permute(k + 1)
            order[k], order[i] = order[i], order[k]

    permute(0)
    return best


print(fannkuch(9), run(9))
