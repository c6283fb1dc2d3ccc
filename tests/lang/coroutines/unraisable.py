# needs: 3.14
# Exceptions that nobody can receive, as sys.unraisablehook gets them.
import gc
import re
import sys
import warnings
import weakref


def hook(report):
    text = re.sub(" at 0x[0-9a-f]+", "", report.err_msg or "no message")
    print(report.exc_type.__name__, "|", text, "|", report.object)


sys.unraisablehook = hook


class Broken:
    def __del__(self):
        raise ValueError("broken")


Broken()
gc.collect()


class Plain:
    pass


plain = Plain()
reference = weakref.ref(plain, lambda reference: 1 / 0)
del plain
gc.collect()


def failing():
    try:
        yield
    finally:
        1 / 0


def stubborn():
    while True:
        try:
            yield
        except GeneratorExit:
            pass


for function in (failing, stubborn):
    generator = function()
    next(generator)
    del generator
    gc.collect()


async def coroutine():
    pass


async def agen():
    yield 1


warnings.simplefilter("error")
coroutine()
gc.collect()
for make in (lambda g: g.asend(None), lambda g: g.athrow(ValueError), lambda g: g.aclose()):
    make(agen())
    gc.collect()

warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *rest: print(category.__name__, message)
for make in (lambda g: g.asend(None), lambda g: g.athrow(ValueError), lambda g: g.aclose()):
    make(agen())
    gc.collect()
used = agen().asend(None)
try:
    used.send(None)
except StopIteration as e:
    print("sent", e.value)
del used
gc.collect()
created = coroutine()
created.cr_frame.clear()
created.close()

original = warnings._warn_unawaited_coroutine
warnings._warn_unawaited_coroutine = lambda c: 1 / 0
coroutine()
gc.collect()
del warnings._warn_unawaited_coroutine
coroutine()
gc.collect()
warnings._warn_unawaited_coroutine = original
