# A sudoku solver with sets and recursion.
puzzle = '53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79'
def peers(i): r, c = divmod(i, 9); return {j for j in range(81) if j != i and (j // 9 == r or j % 9 == c or (j // 27 == i // 27 and j % 9 // 3 == c // 3))}
PEERS = [peers(i) for i in range(81)]
nodes = 0
def solve(g):
    global nodes
    nodes += 1
    best = None
    for i in range(81):
        if g[i] == '.':
            opts = set('123456789') - {g[j] for j in PEERS[i]}
            if best is None or len(opts) < len(best[1]): best = (i, opts)
            if len(opts) < 2: break
    if best is None: return g
    for o in sorted(best[1]):
        r = solve(g[:best[0]] + o + g[best[0] + 1:])
        if r: return r
s = solve(puzzle)
for i in range(0, 81, 9): print(s[i:i + 9])
print(nodes, all(set(s[i:i + 9]) == set('123456789') for i in range(0, 81, 9)))
