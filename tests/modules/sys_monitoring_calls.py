# needs: 3.14
"""Calls that one instruction makes, branches by their older name, and tools that are not in use."""
import sys

E = sys.monitoring.events
TOOL = 2
print(sys.monitoring.get_local_events(TOOL, (lambda: 0).__code__))
sys.monitoring.use_tool_id(TOOL, "test")

CLASSES = """
class A:
    val = 1
    def method(self, x): return x
class B(A):
    def method(self, x): return super().method(x)
    def two(self): return super(B, self).val
    def bad(self): return super(B, 3).val
b = B()
def f():
    b.method(1); b.two()
    try: b.bad()
    except TypeError: pass
"""


def told(source):
    """super().name tells what the three steps tell that it stands for."""
    names = {}
    exec(source, names)
    seen = []
    for event in ("CALL", "C_RETURN", "C_RAISE"):
        def callback(code, offset, function, argument, event=event):
            seen.append((event, function.__name__, argument is sys.monitoring.MISSING or type(argument).__name__))
        sys.monitoring.register_callback(TOOL, getattr(E, event), callback)
    sys.monitoring.set_events(TOOL, E.CALL | E.C_RETURN | E.C_RAISE)
    names["f"]()
    sys.monitoring.set_events(TOOL, 0)
    return seen


plain = told("super = super" + CLASSES)
for row in plain:
    print(*row)
print(told(CLASSES) == plain)


def loop():
    n = 0
    for i in range(10):
        if i % 2:
            n += 1
    return n


def branches(events):
    seen = []

    def callback(code, offset, target):
        seen.append(offset)
        return sys.monitoring.DISABLE
    for event in events:
        sys.monitoring.register_callback(TOOL, event, callback)
        sys.monitoring.set_local_events(TOOL, loop.__code__, sys.monitoring.get_local_events(TOOL, loop.__code__) | event)
    loop()
    sys.monitoring.set_local_events(TOOL, loop.__code__, 0)
    sys.monitoring.restart_events()
    return len(seen)


# By its older name a branch is one event, of which CPython tells some a second time; by the newer ones each way is disabled by itself.
print(branches([E.BRANCH]) < 4, branches([E.BRANCH_LEFT, E.BRANCH_RIGHT]))


def match(v):
    match v:
        case 1:
            v = 2
        case 3:
            v = 4


lines = dict((start, line - match.__code__.co_firstlineno) for start, end, line in match.__code__.co_lines() if line
             for start in range(start, end, 2))
seen = []
sys.monitoring.register_callback(TOOL, E.BRANCH_LEFT, lambda code, offset, target: seen.append((lines[offset], lines[target])))
sys.monitoring.set_local_events(TOOL, match.__code__, E.BRANCH_LEFT)
match(1), match(3)
print(seen)
