# What throw() raises inside: its context is what the generator handles; the delegating frames are seen; bad classes fail inside.
import sys


def handling():
    try:
        raise KeyError("a")
    except KeyError:
        yield 1


g = handling()
next(g)
try:
    g.throw(ValueError)
except ValueError as e:
    print(repr(e.__context__))


def outer():
    yield from handling()


g = outer()
next(g)
try:
    g.throw(ValueError)
except ValueError as e:
    print(repr(e.__context__))


def plain():
    yield 1


g = plain()
next(g)
try:
    raise LookupError
except LookupError:
    try:
        g.throw(ValueError)
    except ValueError as e:
        print(repr(e.__context__))


def names():
    frame, found = sys._getframe(1), []
    while frame is not None:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found[:-1]


def inner():
    try:
        yield names()
    except ValueError:
        yield names()


def middle():
    yield from inner()


def first():
    yield from middle()


g = first()
print(next(g), g.throw(ValueError))
try:
    print(g.gi_frame.f_back)
    g.close()
except RuntimeError as e:
    print(e)


class NoException(Exception):
    def __new__(cls, *args):
        return cls


def catching():
    try:
        yield
    except TypeError as e:
        print(str(e).replace(__name__, "main"))
        yield "caught"


g = catching()
next(g)
print(g.throw(NoException))
g = catching()
try:
    g.throw(NoException)
except TypeError:
    print(next(g, "ended"))


class Awkward(Exception):
    def __init__(self):
        raise TypeError("not made")


g = catching()
next(g)
print(g.throw(Awkward))
