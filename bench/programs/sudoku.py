"""Sudoku by constraint propagation and search: dicts of strings, sets of peers, copies on each guess."""

DIGITS = "123456789"
ROWS = "ABCDEFGHI"
SQUARES = [r + c for r in ROWS for c in DIGITS]
UNITS = ([[r + c for r in ROWS] for c in DIGITS] + [[r + c for c in DIGITS] for r in ROWS]
         + [[r + c for r in rs for c in cs] for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")])
UNITS_OF = {s: [u for u in UNITS if s in u] for s in SQUARES}
PEERS = {s: sorted(set(sum(UNITS_OF[s], [])) - {s}) for s in SQUARES}

PUZZLES = [
    "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    "52...6.........7.13...........4..8..6......5...........418.........3..2...87.....",
    "6.....8.3.4.7.................5.4.7.3..2.....1.6.......2.....5.....8.6......1....",
    "48.3............71.2.......7.5....6....2..8.............1.76...3.....4......5....",
    "....14....3....2...7..........9...3.6.1.............8.2.....1.4....5.6.....7.8...",
    "......52..8.4......3...9...5.1...6..2..7........3.....6...1..........7.4.......3.",
]


def assign(values, square, digit):
    for other in values[square].replace(digit, ""):
        if not eliminate(values, square, other):
            return False
    return True


def eliminate(values, square, digit):
    if digit not in values[square]:
        return True
    values[square] = values[square].replace(digit, "")
    left = values[square]
    if not left:
        return False
    if len(left) == 1:
        for peer in PEERS[square]:
            if not eliminate(values, peer, left):
                return False
    for unit in UNITS_OF[square]:
        places = [s for s in unit if digit in values[s]]
        if not places:
            return False
        if len(places) == 1 and not assign(values, places[0], digit):
            return False
    return True


def search(values):
    if values is None:
        return None
    open_squares = [(len(values[s]), s) for s in SQUARES if len(values[s]) > 1]
    if not open_squares:
        return values
    _, square = min(open_squares)
    for digit in values[square]:
        copy = values.copy()
        if assign(copy, square, digit):
            solved = search(copy)
            if solved:
                return solved
    return None


def solve(puzzle):
    values = {s: DIGITS for s in SQUARES}
    for square, digit in zip(SQUARES, puzzle):
        if digit in DIGITS and not assign(values, square, digit):
            return None
    return search(values)


def turned(puzzle, shift):
    """The same puzzle with its digits renamed and its rows in reverse: as hard, with another answer."""
    renamed = "".join(c if c == "." else DIGITS[(int(c) - 1 + shift) % 9] for c in puzzle)
    return "".join(renamed[at:at + 9] for at in range(72, -9, -9)) if shift & 1 else renamed


answers = []
for puzzle in PUZZLES:
    total = 0
    for shift in range(9):
        solved = solve(turned(puzzle, shift))
        total = (total * 3 + int("".join(solved[s] for s in SQUARES))) % 1_000_000_007
    answers.append(total)
print(answers)
