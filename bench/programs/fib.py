"""Doubly recursive Fibonacci: calls, small ints, nothing else."""


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


print(fib(35))
