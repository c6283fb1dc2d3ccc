"""Twelve regular expressions over a text of a megabyte: finds all matches of each, and prints its seconds and a checksum.

    krait bench/regex/patterns.py [ROUNDS]      the best of ROUNDS (default 3) for each pattern
"""

import re
import sys
import time

SIZE = 1 << 20


def make_text():
    """Lines of a log, mixed with prose: always the same, by a small generator of numbers of its own."""
    words = ("the quick brown fox jumps over a lazy dog while Sherlock Holmes and Doctor Watson walk along Baker Street "
             "reading international communications about impossible machines that nobody understands").split()
    seed = 12345
    lines, length = [], 0

    def number(limit):
        nonlocal seed
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (seed >> 8) % limit

    while length < SIZE:
        kind = number(8)
        if kind == 0:
            line = (f"20{number(30):02}-{number(12) + 1:02}-{number(28) + 1:02}T{number(24):02}:{number(60):02}:{number(60):02} "
                    f"{number(256)}.{number(256)}.{number(256)}.{number(256)} GET /{words[number(len(words))]}/"
                    f"{number(10000)}?q={words[number(len(words))]} {(200, 301, 404, 500)[number(4)]}")
        elif kind == 1:
            line = (f"{words[number(len(words))].lower()}.{words[number(len(words))].lower()}@"
                    f"{words[number(len(words))].lower()}.example.org wrote: \"{' '.join(words[number(len(words))] for _ in range(5))}\"")
        elif kind == 2:
            line = f"def {words[number(len(words))].lower()}_{number(100)}(self, x={number(1000)}):  # {words[number(len(words))]}"
        else:
            line = " ".join(words[number(len(words))] for _ in range(6 + number(10))) + "."
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines)[:SIZE]


PATTERNS = (
    ("literal", r"Sherlock Holmes", 0),
    ("alternation", r"Sherlock|Watson|Baker|impossible", 0),
    ("ignore case", r"sherlock", re.IGNORECASE),
    ("words", r"\w+", 0),
    ("word boundary", r"\b[a-z]*ing\b", 0),
    ("address", r"[\w.]+@[\w.]+\.\w+", 0),
    ("ip number", r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", 0),
    ("date groups", r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})", 0),
    ("quoted", r'"[^"]*"', 0),
    ("lazy", r"GET (.*?) \d+", 0),
    ("line starts", r"^def (\w+)\((.*)\):", re.MULTILINE),
    ("back reference", r"\b(\w+) \1\b", 0),
)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    text = make_text()
    for name, source, flags in PATTERNS:
        pattern = re.compile(source, flags)
        best = None
        for _ in range(rounds):
            started = time.perf_counter()
            count = total = 0
            for match in pattern.finditer(text):
                count += 1
                total += match.end()
            seconds = time.perf_counter() - started
            best = seconds if best is None else min(best, seconds)
        print(f"{name}\t{best:.6f}\t{count}\t{total}")


main()
