# needs: 3.14
# Hashes of code objects tell lines and kinds of parameters apart; a partial object shows what it held when its repr began;
# raw f-strings keep backslashes in format specs; a property's subclass has its own doc.
import functools

code = (lambda x, y, *, z=1, w=1: 1).__code__
other = code.replace(co_posonlyargcount=2, co_kwonlyargcount=0)
print(hash(code) != hash(other), hash(code) != hash(code.replace(co_firstlineno=1000)))


class Evil:
    def __repr__(self):
        held.__setstate__((print, (1,), {"other": 1}, None))
        return "Evil"


held = functools.partial(print, Evil(), key=None)
print(repr(held).replace("<built-in function print>", "print"))


class Same:
    def __format__(self, spec):
        return spec


print(rf"{Same():\xFF} {Same():\n}", f"{Same():\x41}", rf"{Same():{'\x41'}}")


class Sub(property):
    "of the class"


class Slotted(property):
    __slots__ = ("foo",)


print(Sub(None).__doc__, Sub(None, doc="own").__doc__, Slotted(doc="lost").__doc__)
kind = type("A", (), {"__firstlineno__": 42})
kind.__module__ = "elsewhere"
print("__firstlineno__" in kind.__dict__)
kind.__type_params__ = "whatever"
print(kind.__type_params__)


def inner():
    class Odd:
        pass
    return Odd


for text in ("%c", b"%c"):
    try:
        text % inner()()
    except TypeError as error:
        print(error)
inner.__annotate__ = lambda format: 5
try:
    inner.__annotations__
except TypeError as error:
    print(error)
