"""Queens on a board three ways: lists and sets, a generator, and bit masks."""


def by_sets(n):
    columns, up, down = set(), set(), set()
    found = 0

    def place(row):
        nonlocal found
        if row == n:
            found += 1
            return
        for column in range(n):
            if column in columns or row + column in up or row - column in down:
                continue
            columns.add(column)
            up.add(row + column)
            down.add(row - column)
            place(row + 1)
            columns.remove(column)
            up.remove(row + column)
            down.remove(row - column)

    place(0)
    return found


def by_generator(n, placed=()):
    row = len(placed)
    if row == n:
        yield placed
        return
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            yield from by_generator(n, placed + (column,))


def by_bits(n):
    full = (1 << n) - 1

    def place(columns, up, down):
        if columns == full:
            return 1
        found = 0
        free = full & ~(columns | up | down)
        while free:
            bit = free & -free
            free ^= bit
            found += place(columns | bit, (up | bit) << 1, (down | bit) >> 1)
        return found

    return place(0, 0, 0)


print(by_sets(11), sum(a[0] * a[-1] for a in by_generator(9)), by_bits(13))
