# Names and docs of classes: what cannot be UTF-8 is refused; member descriptors are members.
import types

for make in (lambda: type("A\udcdcB", (), {}), lambda: type("A\0B", (), {}), lambda: type("A", (), {"__doc__": "x\udcdcy"})):
    try:
        make()
    except ValueError as e:
        print(type(e).__name__, e)
C = type("C", (), {})
try:
    C.__name__ = "\ud800"
except UnicodeEncodeError as e:
    print(e)
C.__doc__ = "x\udcdcy"
print(C.__name__, ascii(C.__doc__))


def f():
    pass


print(type(type(f).__globals__) is types.MemberDescriptorType, f.__globals__ is globals(), f.__closure__)
print(complex.real, type(complex.imag), (3 + 4j).real, (3 + 4j).imag)
try:
    (1j).real = 2
except AttributeError as e:
    print(e)


def reader(z):
    return z.real


print([reader(z) for z in [1 + 1j, 2.5j, complex(1e300, 2)] * 40][-3:])


class S:
    __slots__ = ["__classcell__"]


print(type(S.__dict__["__classcell__"]))
for delete in (lambda: f.__delattr__("__dict__"), lambda: Exception().__delattr__("__dict__")):
    try:
        delete()
    except TypeError as e:
        print(e)
