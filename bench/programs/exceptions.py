"""Exceptions: raise and catch near and far, finally, else, with, chained causes, lookups that fail."""


class Trouble(Exception):
    def __init__(self, code):
        super().__init__(f"trouble {code}")
        self.code = code


class BigTrouble(Trouble):
    pass


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log[0] += 1
        return self

    def __exit__(self, kind, value, trace):
        self.log[1] += kind is not None
        return kind is not None and issubclass(kind, KeyError)


def check(i):
    if i % 5 == 0:
        raise BigTrouble(i)
    if i % 3 == 0:
        raise Trouble(i)
    return i


def near(n):
    total = 0
    for i in range(n):
        try:
            total += check(i)
        except BigTrouble as e:
            total -= e.code % 7
        except Trouble as e:
            total += e.code % 11
        else:
            total += 1
        finally:
            total ^= 1
    return total


def down(depth, i):
    if depth == 0:
        raise Trouble(i)
    try:
        return down(depth - 1, i)
    finally:
        i += depth


def far(n):
    caught = 0
    for i in range(n):
        try:
            down(20, i)
        except Trouble as e:
            caught += e.code & 1
    return caught


def lookups(n):
    table = {i: i for i in range(0, 100, 2)}
    items = list(range(50))
    missing = 0
    for i in range(n):
        try:
            missing += table[i % 100] & 1
        except KeyError:
            missing += 1
        try:
            items[i % 75]
        except IndexError:
            missing += 2
        try:
            int("x" if i % 4 == 0 else "7")
        except ValueError:
            missing += 3
    return missing


def guarded(n):
    log = [0, 0]
    for i in range(n):
        with Guard(log):
            if i & 1:
                raise KeyError(i)
    return log


def chained(n):
    total = 0
    for i in range(n):
        try:
            try:
                {}[i]
            except KeyError as e:
                raise Trouble(i) from e
        except Trouble as e:
            total += e.__cause__.args[0] + len(str(e))
    return total


def fine(n):
    total = 0
    for i in range(n):
        try:
            total += i
        except TypeError:
            total = 0
    return total


print(near(650_000), far(18_000), lookups(500_000), guarded(350_000), chained(180_000), fine(2_000_000))
