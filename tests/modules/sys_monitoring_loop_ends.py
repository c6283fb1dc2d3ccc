# needs: 3.14
# How the ends of loops and delegations are told: a StopIteration that somebody raised as RAISE (and "exception"), one that nobody
# did as STOP_ITERATION where a generator ended and not at all elsewhere.
import sys


class Counter:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration
        return self.n


class Failing(Counter):
    def __next__(self):
        if self.n:
            raise ValueError("from __next__")
        return super().__next__()


def generator():
    yield 1
    return 5


def stop_at_once(x):
    raise StopIteration(x)


def over_python_iterator():
    for _ in Counter():
        pass


def over_generator():
    for _ in generator():
        pass


def over_native():
    for _ in [1]:
        pass
    for _, _ in enumerate([1]):
        pass
    for _ in {1: 2}.items():
        pass


def over_native_that_passes_it_on():
    for _ in map(stop_at_once, [1]):
        pass


def over_failing():
    try:
        for _ in Failing():
            pass
    except ValueError:
        pass


def comprehension():
    return [x for x in Counter()]


def native_loop():
    return list(Counter())


def unpacking():
    a, b = Counter()


def delegate(to):
    return (yield from to)


def delegate_to_python_iterator():
    list(delegate(Counter()))


def delegate_to_generator():
    list(delegate(generator()))


def delegate_to_native():
    list(delegate([1]))


async def asynchronous():
    yield 1


async def awaiting_steps():
    steps = asynchronous()
    await steps.asend(None)
    await anext(steps, None)


def await_steps():
    try:
        awaiting_steps().send(None)
    except StopIteration:
        pass


PROGRAMS = [over_python_iterator, over_generator, over_native, over_native_that_passes_it_on, over_failing, comprehension, native_loop,
            unpacking, delegate_to_python_iterator, delegate_to_generator, delegate_to_native, await_steps]


def trace(frame, event, arg):
    if event == "exception":
        print("   ", event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, arg[0].__name__, arg[1])
    return trace


for program in PROGRAMS:
    print("trace", program.__name__)
    sys.settrace(trace)
    program()
    sys.settrace(None)

monitoring = sys.monitoring
events = monitoring.events
TOOL = 1
monitoring.use_tool_id(TOOL, "loop ends")


def teller(name):
    def tell(code, offset, *arguments):
        if code.co_filename == __file__:
            print("   ", name, code.co_name, [repr(a) for a in arguments])
    return tell


NAMES = ["RAISE", "STOP_ITERATION", "PY_UNWIND", "EXCEPTION_HANDLED", "RERAISE"]
for name in NAMES:
    monitoring.register_callback(TOOL, getattr(events, name), teller(name))
for chosen in (["RAISE"], ["STOP_ITERATION"], NAMES, ["RAISE", "BRANCH_LEFT"]):
    for program in PROGRAMS:
        print(*chosen, program.__name__)
        monitoring.set_events(TOOL, sum(getattr(events, name) for name in chosen))
        program()
        monitoring.set_events(TOOL, 0)
monitoring.free_tool_id(TOOL)
