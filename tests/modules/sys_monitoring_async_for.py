# needs: 3.14
# The branches of `async for`: on behind its step, and out of the loop; told, disabled, and listed by co_branches().
import sys


async def numbers():
    yield 2
    yield 3


async def loops():
    async for number in numbers():
        number
    pass
    async with Context():
        async for number in numbers():
            if number == 3:
                break
        else:
            pass
    await nothing()


async def nothing():
    pass


class Context:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exception):
        pass


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration:
        pass


def line_of(code, offset):
    for start, end, line in code.co_lines():
        if start <= offset < end:
            return line - code.co_firstlineno


def teller(name, answer):
    def tell(code, source, target):
        if code.co_name == "loops":
            print("   ", name, line_of(code, source), "to", line_of(code, target))
        return answer
    return tell


monitoring = sys.monitoring
events = monitoring.events
TOOL = 1
monitoring.use_tool_id(TOOL, "branches")
for answer in (None, monitoring.DISABLE):
    print("told again" if answer is None else "disabled")
    monitoring.register_callback(TOOL, events.BRANCH_LEFT, teller("left", answer))
    monitoring.register_callback(TOOL, events.BRANCH_RIGHT, teller("right", answer))
    for chosen in (events.BRANCH_LEFT | events.BRANCH_RIGHT, events.BRANCH_RIGHT):
        monitoring.set_events(TOOL, chosen)
        for turn in range(2):
            print("  turn", turn)
            run(loops())
        monitoring.set_events(TOOL, 0)
monitoring.free_tool_id(TOOL)
for row in loops.__code__.co_branches():
    print([line_of(loops.__code__, offset) for offset in row])
