# needs: 3.14
# Calls of str() and other natives that get too much, in CPython's order of complaints.
calls = [
    lambda: str(b"x", "utf-8", encoding="ascii"), lambda: str(b"x", "utf-8", "ignore", encoding="ascii"),
    lambda: str(b"x", "utf-8", "strict", errors="ignore"), lambda: str(test=1), lambda: str(1, errors=1),
    lambda: bytes("x", "utf-8", "strict", errors="x"), lambda: int("1", 10, base=10), lambda: complex(1, 2, imag=3),
    lambda: "".encode("utf-8", encoding="x"), lambda: "".encode("a", "b", errors="c"),
]
for call in calls:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)

nested = ()
for _ in range(300_000):
    nested = (nested,)
try:
    hash(nested)
except RecursionError as e:
    print("while hashing a tuple" in str(e))

from types import GenericAlias  # noqa: E402

items = []


class Clearing:
    def __repr__(self):
        items.clear()
        return "x"


items += [Clearing(), 1]
try:
    repr(GenericAlias(int, items))
except IndexError as e:
    print(e)
