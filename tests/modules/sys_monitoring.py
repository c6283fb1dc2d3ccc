"""sys.monitoring: tools, events of all code and of one code object, DISABLE and restart_events."""
# needs: 3.14
import sys

m = sys.monitoring
E = m.events
TOOL, OTHER = 3, 4


def error(function, *args):
    try:
        print("no error", function(*args))
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


print(m.get_tool(TOOL), m.use_tool_id(TOOL, "one"), m.get_tool(TOOL))
error(m.use_tool_id, TOOL, "again")
error(m.use_tool_id, 6, "out of range")
error(m.set_events, OTHER, E.LINE)
error(m.set_events, TOOL, E.C_RETURN)
error(m.set_events, TOOL, 1 << 30)
error(m.register_callback, TOOL, E.LINE | E.CALL, None)
m.use_tool_id(OTHER, "two")

events = []


def name_of(obj):
    return getattr(obj, "__name__", obj) if obj is not m.MISSING else "MISSING"


def recorder(title, tool=TOOL):
    def record(code, *args):
        if code.co_name in watched:
            if title in ("line",):
                args = (args[0] - code.co_firstlineno,)
            elif title in ("call", "c_return", "c_raise"):
                args = (name_of(args[1]), name_of(args[2]))
            elif title in ("raise", "handled", "unwind", "reraise", "throw"):
                args = (type(args[1]).__name__,)
            elif title in ("return", "yield"):
                args = (args[1],)
            else:
                args = ()
            events.append((title, code.co_name, *args))
    return record


TITLES = {E.PY_START: "start", E.PY_RESUME: "resume", E.PY_RETURN: "return", E.PY_YIELD: "yield", E.CALL: "call", E.LINE: "line",
          E.RAISE: "raise", E.EXCEPTION_HANDLED: "handled", E.PY_UNWIND: "unwind", E.C_RETURN: "c_return", E.C_RAISE: "c_raise",
          E.PY_THROW: "throw", E.JUMP: "jump"}
for event, title in TITLES.items():
    m.register_callback(TOOL, event, recorder(title))
watched = {"work", "inner", "fails", "gen"}


def run(event_set, function, *args):
    events.clear()
    m.set_events(TOOL, event_set)
    try:
        function(*args)
    except Exception as e:
        events.append(type(e).__name__)
    m.set_events(TOOL, 0)
    print(function.__name__, bin(event_set))
    for e in events:
        print("   ", e)


def inner(n):
    return n + 1


def work(n):
    total = 0
    for i in range(n):
        total += inner(i)
    len([])
    return total


def fails(where):
    try:
        int("x")
    except ValueError:
        pass
    raise KeyError(where)


def gen():
    yield 1
    yield 2


run(E.PY_START | E.PY_RETURN | E.CALL, work, 2)
run(E.LINE, work, 2)
run(E.CALL | E.RAISE | E.EXCEPTION_HANDLED | E.PY_UNWIND, fails, "here")
run(E.PY_START | E.PY_YIELD | E.PY_RESUME | E.PY_RETURN, list, gen())
print(m.get_events(TOOL), m._all_events())

# Local events.
events.clear()
m.set_local_events(TOOL, inner.__code__, E.LINE)
print(m.get_local_events(TOOL, inner.__code__) == E.LINE, m.get_local_events(TOOL, work.__code__))
work(1)
m.set_local_events(TOOL, inner.__code__, 0)
work(1)
print(events)
error(m.set_local_events, TOOL, inner.__code__, E.RAISE)
error(m.set_local_events, TOOL, inner, E.LINE)

# DISABLE takes one event at one place away, for one tool; restart_events brings it back.
counts = {TOOL: 0, OTHER: 0}


def once(code, line):
    if code is inner.__code__:
        counts[TOOL] += 1
        return m.DISABLE


def always(code, line):
    if code is inner.__code__:
        counts[OTHER] += 1


m.register_callback(TOOL, E.LINE, once)
m.register_callback(OTHER, E.LINE, always)
m.set_events(TOOL, E.LINE)
m.set_events(OTHER, E.LINE)
work(5)
print(counts[TOOL], counts[OTHER])
m.restart_events()
work(5)
print(counts[TOOL], counts[OTHER])
m.set_events(OTHER, 0)
m.restart_events()
m.set_events(TOOL, 0)

# A callback that fails raises into the program.
m.register_callback(TOOL, E.PY_START, lambda code, offset: 1 / 0 if code is inner.__code__ else None)
m.set_events(TOOL, E.PY_START)
try:
    work(1)
except ZeroDivisionError as e:
    print("ZeroDivisionError:", e)
m.set_events(TOOL, 0)

# Events that belong to no place cannot be disabled.
m.register_callback(TOOL, E.RAISE, lambda code, offset, exception: m.DISABLE if code is fails.__code__ else None)
m.set_events(TOOL, E.RAISE)
try:
    fails("x")
except Exception as e:
    print(f"{type(e).__name__}: {e}")
m.set_events(TOOL, 0)

# Branches.
branches = []
for event, title in ((E.BRANCH_LEFT, "left"), (E.BRANCH_RIGHT, "right")):
    m.register_callback(TOOL, event, lambda code, a, b, title=title: branches.append(title) if code is choose.__code__ else None)


def choose(n):
    if n > 1:
        n = 0
    for i in range(2):
        pass


m.set_events(TOOL, E.BRANCH_LEFT | E.BRANCH_RIGHT)
choose(2)
choose(1)
m.set_events(TOOL, 0)
print(branches)

m.free_tool_id(TOOL)
m.free_tool_id(OTHER)
print(m.get_tool(TOOL))
