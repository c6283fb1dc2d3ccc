# A trace function that only reads its frame's attributes, and the ways by which somebody else gets hold of that frame all the same.
import gc
import sys

kept = []


def keep(frame):
    kept.append(frame)


def told(number):
    inner(number)
    return number * 10


def inner(number):
    text = f"<{number}>"
    return text


def by_getframe():
    kept.append(sys._getframe(2))


def by_watchers_frame():
    kept.append(sys._getframe(1).f_locals["frame"])


def by_watchers_object():
    global watcher
    watcher = sys._getframe(1)


def by_back_of_inner():
    kept.append(sys._getframe(2).f_back)


def by_collector():
    kept.extend(o for o in gc.get_objects() if type(o) is type(sys._getframe()) and o.f_code in (told.__code__, inner.__code__))


def reads(frame, event, arg):
    if frame.f_code in (told.__code__, inner.__code__):
        action()


def by_locals(frame, event, arg):
    if frame.f_code in (told.__code__, inner.__code__):
        kept.append(locals()["frame"])


def by_error(frame, event, arg):
    if frame.f_code is inner.__code__ and frame.f_lineno:
        raise ValueError("in the trace function")


def by_f_back(frame, event, arg):
    if frame.f_code is inner.__code__:
        kept.append(frame.f_back)


def by_itself(frame, event, arg):
    frame.f_trace_lines = False
    if frame.f_code is inner.__code__ and event == "call":
        frame.f_trace = lambda frame, event, arg: kept.append((frame, arg))
        return frame.f_trace
    return by_itself


def show():
    for o in kept:
        frame, *arg = o if type(o) is tuple else (o,)
        if frame.f_code in (told.__code__, inner.__code__):
            print("   ", frame.f_code.co_name, dict(frame.f_locals), *arg)
    kept.clear()


def run(function, setter=sys.settrace):
    setter(function)
    try:
        for number in range(3):
            told(number)
    except ValueError as e:
        kept.extend(t for t in tracebacks(e.__traceback__))
    finally:
        setter(None)
    for _ in range(50):  # others that come by
        told("later")


def tracebacks(tb):
    while tb is not None:
        yield tb.tb_frame
        if "frame" in tb.tb_frame.f_locals:
            yield tb.tb_frame.f_locals["frame"]
        tb = tb.tb_next


for action in by_getframe, by_watchers_frame, by_back_of_inner:
    for setter in sys.settrace, sys.setprofile:
        print(action.__name__, setter.__name__)
        run(reads, setter)
        show()
action = by_watchers_object
run(reads)
print("by_watchers_object", watcher.f_locals["frame"].f_code.co_name, dict(watcher.f_locals["frame"].f_locals))
action = by_collector
run(reads)
print("by_collector", {f.f_code.co_name for f in kept} <= {"told", "inner"},
      all(f.f_locals["number"] in (0, 1, 2) for f in kept))
kept.clear()
for function in by_locals, by_error, by_f_back, by_itself:
    print(function.__name__)
    run(function)
    show()

# Nothing is shared by frames that are there at the same time.
def deep(n):
    if n:
        deep(n - 1)
    else:
        frame, chain = sys._getframe(), []
        while frame is not None:
            chain.append((frame.f_code.co_name, frame.f_locals.get("n")))
            frame = frame.f_back
        print(chain[:4], len(set(map(id, chain))) == len(chain))


action = int
for function in reads, by_itself:
    sys.settrace(function)
    deep(3)
    sys.settrace(None)
