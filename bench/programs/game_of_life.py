"""Conway's game of life as a set of cells and as rows of lists; both must agree."""


def step_set(live):
    counts = {}
    for x, y in live:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = (x + dx, y + dy)
                    counts[cell] = counts.get(cell, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in live}


def step_rows(rows):
    height, width = len(rows), len(rows[0])
    result = []
    for y in range(height):
        above = rows[y - 1]
        here = rows[y]
        below = rows[(y + 1) % height]
        line = []
        for x in range(width):
            left = x - 1
            right = (x + 1) % width
            n = (above[left] + above[x] + above[right] + here[left] + here[right]
                 + below[left] + below[x] + below[right])
            line.append(1 if n == 3 or (n == 2 and here[x]) else 0)
        result.append(line)
    return result


ACORN = {(1, 0), (3, 1), (0, 2), (1, 2), (4, 2), (5, 2), (6, 2)}

live = ACORN
for _ in range(1_100):
    live = step_set(live)

rows = [[0] * 96 for _ in range(96)]
for x, y in ACORN:
    rows[y + 45][x + 45] = 1
small = ACORN
for generation in range(300):
    rows = step_rows(rows)
    small = step_set(small)
same = sum(map(sum, rows)) == len(small)
print(len(live), min(live), max(live), len(small), same)
