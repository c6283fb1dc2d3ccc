"""What trace and profile functions are told, and moving a frame by f_lineno."""
# needs: 3.14
import sys


def relative(frame):
    return frame.f_lineno - frame.f_code.co_firstlineno


def trace_of(function, *args, opcodes=False):
    events = []

    def tracer(frame, event, arg):
        if event == "exception":
            arg = arg[0].__name__
        events.append((frame.f_code.co_name, relative(frame), event, arg))
        frame.f_trace_opcodes = opcodes
        return tracer

    sys.settrace(tracer)
    try:
        function(*args)
    except Exception as e:
        events.append(type(e).__name__)
    finally:
        sys.settrace(None)
    return [e for e in events if e[0] != "trace_of"]


def show(title, events):
    print(title)
    for e in events:
        print("   ", e)


def loop(n):
    total = 0
    for i in range(n):
        total += i
    while total: total -= 1
    return total


def catches():
    try:
        raises()
    except ValueError:
        return "caught"
    finally:
        done = True


def raises():
    raise ValueError("no")


def numbers():
    yield 1
    yield 2


def iterates():
    return [n for n in numbers()]


show("loop", trace_of(loop, 2))
show("catches", trace_of(catches))
show("raises", trace_of(raises))


def uses_generator():
    for n in numbers():
        pass


show("generator", trace_of(uses_generator))


# The tracer that a call returns traces that call; None traces nothing inside.
def only_calls(frame, event, arg):
    calls.append((frame.f_code.co_name, event))


calls = []
sys.settrace(only_calls)
loop(3)
catches()
sys.settrace(None)
print(calls, sys.gettrace())


# A tracer that fails is taken away, and its exception goes to the program.
def fails(frame, event, arg):
    raise RuntimeError("from the tracer")


sys.settrace(fails)
try:
    loop(1)
except RuntimeError as e:
    print("RuntimeError:", e)
print(sys.gettrace())


# Opcode events.
def one(a):
    return a + 1


print("opcodes:", len([e for e in trace_of(one, 1, opcodes=True) if e[2] == "opcode"]) > 2)


# Jumps.
def jump(function, source, target):
    output = []

    def tracer(frame, event, arg):
        if frame.f_code is not function.__code__:
            return None
        if event == "line" and relative(frame) == source and not done:
            done.append(1)
            frame.f_lineno = frame.f_code.co_firstlineno + target
        return tracer

    done = []
    sys.settrace(tracer)
    try:
        function(output)
    except Exception as e:
        output.append(f"{type(e).__name__}: {e}")
    finally:
        sys.settrace(None)
    print(function.__name__, source, target, output)


def straight(output):
    output.append(1)
    output.append(2)
    output.append(3)


def with_loop(output):
    output.append(1)
    for i in 1, 2:
        output.append(i * 10)
    output.append(4)


def with_try(output):
    output.append(1)
    try:
        output.append(3)
        1 / 0
    except ZeroDivisionError:
        output.append(6)
    output.append(7)


jump(straight, 1, 3)
jump(straight, 3, 1)
jump(straight, 1, 9)
jump(straight, 1, -1)
jump(with_loop, 3, 4)
jump(with_loop, 1, 3)
jump(with_try, 1, 6)
jump(with_try, 3, 7)
jump(with_try, 6, 7)

try:
    sys._getframe().f_lineno = 1
except ValueError as e:
    print(e)


# Profile functions see calls of native functions too.
def profile_of(function, *args):
    events = []

    def profiler(frame, event, arg):
        if event.startswith("c_"):
            arg = arg.__name__
        if frame.f_code.co_name != "profile_of":
            events.append((frame.f_code.co_name, event, arg))

    sys.setprofile(profiler)
    try:
        function(*args)
    except Exception as e:
        events.append(type(e).__name__)
    finally:
        sys.setprofile(None)
    return events


def natives():
    len([1])
    [].append(2)
    try:
        int("x")
        "x".index("y")
    except ValueError:
        pass
    str(3)
    return one(len("abc"))


show("profile", profile_of(natives))
show("profile of an exception", profile_of(raises))
print(sys.getprofile())
