# needs: 3.14
# library: 3.14
# evaluate_value and its like where the value was given at once; aliases unpack; what is made by hand is checked.
import typing

T = typing.TypeVar("T", bound=int, default=str)
print(T.evaluate_bound, T.evaluate_constraints, T.evaluate_default, T.evaluate_bound(1), T.evaluate_bound(4))
T = typing.TypeVar("T", int, str)
print(T.evaluate_constraints, T.evaluate_constraints(4), T.evaluate_constraints(1))
A = typing.TypeAliasType("A", None)
print(A.evaluate_value, A.evaluate_value(4), A.evaluate_value(1))
kind = type(A.evaluate_value)
print(kind.__module__, kind.__name__)
U = typing.TypeVar("U", default=int)
V = typing.TypeVar("V")
for attempt in (
    lambda: A.evaluate_value(), lambda: A.evaluate_value("x"), kind, lambda: A.evaluate_value(format=4),
    lambda: typing.TypeAliasType("A", int, type_params=(U, V)),
    lambda: typing.TypeAliasType("A", int, type_params=(1,)),
    lambda: typing.TypeAliasType("A", int, type_params=1),
):
    try:
        print(attempt())
    except TypeError as error:
        print(error)
type X = tuple[int, int]
print([*X], V | int, int | V, typing.Generic is not None)


class Box[W]:
    pass


print(type(Box()).__name__, type(typing.Generic()).__name__)


class Meta(type):
    __hash__ = None


class Odd(metaclass=Meta):
    pass


try:
    hash(Odd | int)
except TypeError as error:
    print(error)
