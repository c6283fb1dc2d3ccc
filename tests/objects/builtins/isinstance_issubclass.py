# isinstance and issubclass: tuples, unions, hooks, virtual classes, errors.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A: pass
class B(A): pass
class Meta(type):
    def __instancecheck__(cls, o): print('instancecheck', end=' '); return o == 5
    def __subclasscheck__(cls, c): print('subclasscheck', end=' '); return c is int
class V(metaclass=Meta): pass
class Fake:
    @property
    def __class__(self): return B
class Bases:
    __bases__ = ()
class NotCls:
    __bases__ = (A,)
import collections.abc
show(r"""
isinstance(1, int), isinstance(True, int), isinstance(B(), A), isinstance(A(), B), isinstance(1, (str, int)), isinstance(1, (str, (float, (int,)))), isinstance(1, ()), isinstance(int, type), isinstance(None, type(None)), isinstance(1, object), isinstance(1, int | str), isinstance(None, int | None), isinstance('a', int | None)
issubclass(bool, int), issubclass(B, A), issubclass(A, A), issubclass(int, (str, int)), issubclass(int, object), issubclass(int, int | str), issubclass(type, object), issubclass(object, type)
isinstance(5, V)
isinstance(6, V)
isinstance(V(), V)
issubclass(int, V)
issubclass(str, (V, str))
isinstance(Fake(), B), isinstance(Fake(), A), isinstance(Fake(), Fake), isinstance(Fake(), int)
isinstance(1, 5)
isinstance(1, 'int')
isinstance(1, (str, 5))
isinstance(1, (int, 5))
isinstance(1, [int])
isinstance(1, list[int])
isinstance(1, None)
issubclass(1, int)
issubclass(int, 1)
issubclass('a', int)
issubclass(int, (1, 2))
issubclass(int, list[int])
isinstance(1)
isinstance()
issubclass(list[int], list)
isinstance(1, int | list[int])
isinstance(1, Bases())
isinstance(A(), NotCls()), issubclass(NotCls(), A)
isinstance([], collections.abc.Sized), isinstance(5, collections.abc.Hashable), isinstance([], collections.abc.Hashable), isinstance('', collections.abc.Sequence), issubclass(dict, collections.abc.Mapping), isinstance(lambda: 0, collections.abc.Callable), isinstance((x for x in ''), collections.abc.Generator), isinstance({}.keys(), collections.abc.Set), isinstance(range(1), collections.abc.Reversible)
isinstance(type('It', (), {'__iter__': None})(), collections.abc.Iterable), isinstance(type('It', (), {'__iter__': 1})(), collections.abc.Iterable)
""")
