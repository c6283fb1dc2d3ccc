# differs: from 3.12 on comprehensions are no functions
# Frames that get a trace function while they run, in code of which no frame had one before.
import sys

events = []


def local(frame, event, arg):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, arg if event == "return" else None))
    return local


def calls_only(frame, event, arg):
    events.append((frame.f_code.co_name, event))


def trace_me(up=1):
    sys._getframe(up).f_trace = local


def show(function, *args):
    events.clear()
    sys.settrace(calls_only)
    try:
        function(*args)
    except ValueError as e:
        events.append(repr(e))
    finally:
        sys.settrace(None)
    print(function.__name__)
    for e in events:
        print("   ", *e if type(e) is tuple else [e])


def untold():
    a = 1
    return a


def begins_late():
    a = 1
    trace_me()
    b = 2
    return a + b


def in_a_line():
    return [trace_me(), 1 if events else 2, [x for x in (1, 2)]]


def in_a_loop():
    for i in range(3):
        if i == 1:
            trace_me()
        i += 1
    return i


def recursion(n):
    if n == 0:
        trace_me(2)
        return 0
    r = recursion(n - 1)
    return r + 1


def raises():
    trace_me()
    try:
        raise KeyError("k")
    except KeyError:
        raise ValueError("v")


def generator():
    yield 1
    trace_me()
    yield 2
    yield 3


def uses_generator():
    return list(generator())


class Iterator:
    def __init__(self):
        self.left = 2

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return self.left


def ends_of_loops():
    trace_me()
    for x in Iterator():
        pass
    for x in generator():
        pass


def one_line(): trace_me(); return 7


for f in untold, begins_late, in_a_line, in_a_loop, raises, uses_generator, ends_of_loops, one_line:
    show(f)
show(recursion, 2)


# Set before tracing is on.
def set_before():
    sys._getframe().f_trace = local
    sys.settrace(calls_only)
    a = 1
    untold()
    sys.settrace(None)
    b = 2
    sys.settrace(calls_only)
    c = 3
    sys.settrace(None)


events.clear()
set_before()
print(events)
