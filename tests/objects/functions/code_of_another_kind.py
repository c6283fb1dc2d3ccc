# needs: 3.14
# Exchanging a function's code for a generator's warns; so do the attributes below keep what CPython keeps.
import types
import warnings
from collections import defaultdict


def plain():
    return 1


def generator():
    yield 1


async def coroutine():
    pass


warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *rest: print(category.__name__, message)
plain.__code__ = generator.__code__
print(list(plain()))
plain.__code__ = (lambda: 3).__code__
print(plain())
coroutine.__code__ = (lambda: 4).__code__
print(coroutine())


# Text classes that change the exception while its str() is made.
class Evil(str):
    def __str__(self):
        if self.deletes:
            del error.object
        else:
            error.object = None
        return self


for deletes in (True, False):
    reason = Evil("reason")
    reason.deletes = deletes
    for error in (UnicodeEncodeError("utf-8", "x", 0, 1, reason), UnicodeDecodeError("utf-8", b"x", 0, 1, reason),
                  UnicodeTranslateError("x", 0, 1, reason)):
        try:
            print(str(error))
        except TypeError:
            print(type(error).__name__, "TypeError")

separator = bytearray(b",")


def parts():
    try:
        separator.clear()
    except BufferError as e:
        print(e)
    yield b"A"
    yield b"B"


print(separator.join(parts()), separator)
separator.clear()


def factory():
    made.append(1)
    if len(made) == 1:
        table["k"]
    return len(made)


made = []
table = defaultdict(factory)
print(table["k"], dict(table), made)
