"""Generators: pipelines, yield from over a tree, send, two-way co-operation, permutations, iterator classes."""


def count(start, stop):
    while start < stop:
        yield start
        start += 1


def keep(numbers, modulus):
    for n in numbers:
        if n % modulus:
            yield n


def squares(numbers):
    for n in numbers:
        yield n * n


def pipeline(n):
    return sum(squares(keep(keep(count(0, n), 2), 3)))


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def tree(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(middle, tree(low, middle), tree(middle + 1, high))


def averager():
    total = 0.0
    n = 0
    average = None
    while True:
        value = yield average
        if value is None:
            return total, n
        total += value
        n += 1
        average = total / n


def averages(n):
    g = averager()
    next(g)
    last = 0.0
    for i in range(n):
        last = g.send(i)
    try:
        g.send(None)
    except StopIteration as stop:
        return last, stop.value


def permutations(items):
    if not items:
        yield []
        return
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [items[i]] + rest


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


def round_robin(n):
    def worker(name, steps):
        for i in range(steps):
            yield name * i

    tasks = [worker(k, n + k) for k in range(10)]
    total = 0
    while tasks:
        task = tasks.pop(0)
        try:
            total += next(task)
        except StopIteration:
            continue
        tasks.append(task)
    return total


print(pipeline(4_000_000), sum(v * (i & 3) for i, v in enumerate(tree(0, 160_000))), averages(2_000_000),
      sum(p[0] * p[-1] for p in permutations(list(range(8)))), sum(Countdown(2_000_000)), round_robin(80_000))
