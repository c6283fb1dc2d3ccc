# needs: 3.12
# STOP_ITERATION asked for in one code object.
import sys

m = sys.monitoring
E = m.events


def numbers():
    yield 1
    return "end"


def plain():
    yield 1


def watched():
    for x in numbers():
        pass
    for x in plain():
        pass
    for x in [1]:
        pass
    yield from numbers()


def unwatched():
    for x in numbers():
        pass
    yield from numbers()


m.use_tool_id(3, "test")
m.register_callback(3, E.STOP_ITERATION, lambda code, offset, e: print("  stop", code.co_name, repr(e)))
m.set_local_events(3, watched.__code__, E.STOP_ITERATION)
for turn in "watched", "again", "off":
    print(turn)
    list(watched())
    list(unwatched())
    if turn == "again":
        m.set_local_events(3, watched.__code__, 0)
m.free_tool_id(3)
