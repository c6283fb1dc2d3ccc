# X | Y unions: construction, flattening, isinstance, equality, attributes.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from typing import Optional, Union, TypeVar, Any
T = TypeVar('T')
class Meta(type):
    def __or__(cls, o): return 'meta or'
class M(metaclass=Meta): pass
class A: pass
show(r"""
int | str, int | None, None | int, int | str | float, (int | str) | (str | bytes), int | int, list[int] | None, A | int, int | A | None, type(None) | int, int | T, int | Any
int | 5
5 | int
int | 'str'
None | None
int | []
(int | str) | 5
(int | str).__args__, (int | None).__args__, (int | list[T]).__parameters__, (int | list[T])[str], (T | None)[int]
(int | str)[float]
int | str == str | int, (int | str) == (int | float), hash(int | str) == hash(str | int), (int | str) != int, int | int == int, (int | str) is (int | str)
isinstance(5, int | str), isinstance('a', int | str), isinstance(None, int | None), isinstance(1.5, int | str), issubclass(bool, int | str), issubclass(float, int | str), isinstance(True, str | bool)
isinstance(5, int | list[int])
isinstance([], str | list[int])
issubclass(5, int | str)
(int | str)()
(int | str).foo
repr(int | None), str(int | A), f'{int | str}', [int | str]
M | int, int | M
int | Union[str, float], Optional[int] | str, int | Optional[int]
len(int | str)
""")
try:
    class X(int | str): pass
except TypeError as e: print(e)
import copy; print(copy.copy(int | str) == int | str, copy.deepcopy(int | None))
x = int
x |= str; print(x, callable(x))
