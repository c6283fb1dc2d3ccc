# needs: 3.14
# With what StopIteration the steps of coroutines, async generators and anext() end: with a value, with None, with nothing.


async def two():
    yield None
    yield 3


async def nothing():
    return None


def generator():
    return None
    yield


def show(step, *arguments):
    try:
        print(step(*arguments))
    except BaseException as e:
        print(repr(e), repr(getattr(e, "value", "no value")))


print("asend")
values = two()
for _ in range(3):
    show(values.asend(None).send, None)
show(two().__anext__().__next__)

print("anext")
show(anext(two(), None).send, None)
values = two()
for default in (7, 7, None, 7):
    show(anext(values, default).send, None)

print("coroutines and generators")
show(nothing().send, None)
show(nothing().__await__().__next__)
show(generator().send, None)
show(generator().__next__)
show(next, generator())

print("aclose, athrow")
show(two().aclose().send, None)
show(two().athrow(GeneratorExit).send, None)


class AwaitsList:
    def __await__(self):
        return iter([])


class AwaitsGenerator:
    def __await__(self):
        return None
        yield


class Gives:
    def __init__(self, what):
        self.what = what

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.what()


async def awaits(what):
    return await anext(Gives(what), 5)


print("awaitables of others")
for what in AwaitsList, AwaitsGenerator:
    show(awaits(what).send, None)
    show(anext(Gives(what), 5).send, None)
    show(anext(Gives(what), 5).__next__)
