# Conway's game of life with sets.
from_text = lambda t: {(r, c) for r, l in enumerate(t.split('\n')) for c, ch in enumerate(l) if ch == '#'}
def step(cells):
    counts = {}
    for r, c in cells:
        for dr in (-1, 0, 1):
            for dc in (-1, 0, 1):
                if dr or dc: counts[r + dr, c + dc] = counts.get((r + dr, c + dc), 0) + 1
    return {p for p, n in counts.items() if n == 3 or n == 2 and p in cells}
def draw(cells, h, w): return '\n'.join(''.join('#' if (r, c) in cells else '.' for c in range(w)) for r in range(h))
g = from_text(".#.\n..#\n###")
for i in range(4): print(draw(g, 5, 5), '\n'); g = step(g)
b = from_text("\n.###")
print(step(b) == {(0, 2), (1, 2), (2, 2)}, step(step(b)) == b)
r = from_text(".##\n##.\n.#.")
for i in range(100): r = step(r)
print(len(r), min(r), max(r))
