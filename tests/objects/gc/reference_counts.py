# sys.getrefcount: the differences are CPython's, whatever else holds an object.
import sys


def count():
    thing = object()
    before = sys.getrefcount(thing)
    box = [thing, thing, {"k": thing}]
    print("held three times more:", sys.getrefcount(thing) - before)
    box.pop()
    print("two:", sys.getrefcount(thing) - before)
    del box
    print("none:", sys.getrefcount(thing) - before)

    def closure():
        return thing

    print("a closure shares the cell:", sys.getrefcount(thing) - sys.getrefcount(closure()))


class Node:
    __slots__ = ("next", "extra")


def through_slots():
    target, nodes = Node(), [Node() for _ in range(4)]
    before = sys.getrefcount(target)
    for node in nodes:
        node.next = node.extra = target
    print("slots:", sys.getrefcount(target) - before)
    nodes.clear()
    node = None
    print("slots gone:", sys.getrefcount(target) - before)


def through_views():
    data = bytearray(b"abc")
    before = sys.getrefcount(data)
    view = memoryview(data)
    view[0] = 98
    view = None
    print("a view that died:", sys.getrefcount(data) - before)


def suspended():
    held = object()
    before = sys.getrefcount(held)

    def generator(x):
        yield
        print(x is held)

    running = generator(held)
    next(running)
    print("a suspended generator:", sys.getrefcount(held) - before)
    list(running)
    print("an exhausted one:", sys.getrefcount(held) - before)


count()
through_slots()
through_views()
suspended()
print(sys.getrefcount(None) > 1000, sys.getrefcount.__name__)
try:
    sys.getrefcount()
except TypeError as e:
    print(type(e).__name__)

# What was asked for by keyword finds no more left over than by position.
import gc  # noqa: E402

print(len(gc.get_objects()) == len(gc.get_objects(generation=None)))
