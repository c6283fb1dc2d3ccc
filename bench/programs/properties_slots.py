"""Slots, properties, descriptors, __getattr__, __setattr__, __call__, __getitem__, __len__, __contains__."""


class Point:
    __slots__ = ("_x", "y", "changes")

    def __init__(self, x, y):
        self._x = x
        self.y = y
        self.changes = 0

    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value
        self.changes += 1


class Clamped:
    """A descriptor that keeps a number between two bounds."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return self if instance is None else instance.__dict__.get(self.name, self.low)

    def __set__(self, instance, value):
        instance.__dict__[self.name] = min(max(value, self.low), self.high)


class Dial:
    level = Clamped(0, 100)


class Lazy:
    def __getattr__(self, name):
        if name.startswith("v"):
            return int(name[1:])
        raise AttributeError(name)


class Strict:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value + 1)


class Table:
    def __init__(self, n):
        self.cells = list(range(n))

    def __getitem__(self, i):
        return self.cells[i]

    def __setitem__(self, i, value):
        self.cells[i] = value

    def __len__(self):
        return len(self.cells)

    def __contains__(self, value):
        return 0 <= value < len(self.cells)

    def __call__(self, i, j=1):
        return self.cells[i] * j


def main():
    p = Point(1, 2)
    total = 0
    for i in range(1_000_000):
        p.x = p.x + p.y
        p.y = i & 3
    dial = Dial()
    for i in range(350_000):
        dial.level = i % 150 - 20
        total += dial.level
    lazy = Lazy()
    for i in range(350_000):
        total += lazy.v12 + hasattr(lazy, "w") + getattr(lazy, "other", 2)
    strict = Strict()
    for i in range(500_000):
        strict.value = i
        total += strict.value
    table = Table(64)
    for i in range(450_000):
        k = i & 63
        table[k] = table[k] + table(k, 2) & 1023
        total += len(table) + (k in table)
    print(p.x, p.changes, total, sum(table))


main()
