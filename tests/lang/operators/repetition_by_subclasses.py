# What `*` makes of sequences whose classes define one of its methods: their own method of the other name counts as a number's then.
import itertools


class Left(list):
    def __mul__(self, other):
        return "Left.__mul__"


class Right(list):
    def __rmul__(self, other):
        return "Right.__rmul__"


class InPlace(list):
    def __imul__(self, other):
        return "InPlace.__imul__"


class LeftTuple(tuple):
    def __mul__(self, other):
        return "LeftTuple.__mul__"


class LeftStr(str):
    def __mul__(self, other):
        return "LeftStr.__mul__"


class Heir(Left):
    pass


class Plain(list):
    pass


class Adds(list):
    def __radd__(self, other):
        return "Adds.__radd__"


def attempt(what, a, b):
    try:
        result = what(a, b)
    except Exception as e:
        result = f"{type(e).__name__}: {e}"
    print(type(a).__name__, type(b).__name__, result)


def in_place(a, b):
    a *= b
    return a


VALUES = ["x", [1], (1,), b"a", bytearray(b"q"), 3, 2.5, {}, Left(), Right(), LeftTuple(), LeftStr("a"), Heir(), Plain(), InPlace()]
for a, b in itertools.product(VALUES, repeat=2):
    attempt(lambda x, y: x * y, a, b)
for a, b in itertools.product([[1], Left(), Right(), Plain(), InPlace(), "x"], [2, "y", Right(), Left(), None]):
    attempt(in_place, a, b)
for a, b in itertools.product([[1], (1,), "x", 3, Adds()], [Adds(), [2], "y"]):
    attempt(lambda x, y: x + y, a, b)
