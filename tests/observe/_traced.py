"""The program whose traces the trace_*.py tests compare."""
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return "never called by a trace" + str(1 / 0)


def numbers():
    yield 1
    return "done"


def fails():
    try:
        raise ValueError("no")
    finally:
        p = Point([1, 2.5, "three", {"k": (None, True)}])


print(gcd(12, 15))
for n in numbers():
    n = -n
try:
    fails()
except ValueError:
    print("caught")
