# list[int] and friends: attributes, substitution, equality, errors.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from typing import TypeVar, Any
T = TypeVar('T'); U = TypeVar('U')
class S(list[int]): pass
show(r"""
list[int], dict[str, int], tuple[int, ...], tuple[()], list[list[int]], set['fwd'], type[int], list[T], dict[T, list[U]], list[int | None], frozenset[int], list[...], list[None], list[1], list[int,], type(list[int])
list[int].__origin__, list[int].__args__, dict[str, T].__parameters__, list[int].__parameters__, list[T][int], dict[T, U][int, str], dict[T, T][int], list[list[T]][str], tuple[T, ...][int], list[int].__unpacked__
list[int][str]
dict[T, U][int]
dict[T, U][int, str, float]
list[T][()]
list[int] == list[int], list[int] != list[str], hash(list[int]) == hash(list[int]), list[int] is list[int], list[int] == list, {list[int]: 1}[list[int]]
list[int](), list[int]([1, 2]), dict[str, int](a=1), type(list[int]()), tuple[int]((1,)), list[int]('ab')
list[int].append, list[int].__name__, list[int].__class__, list[int].__doc__ == list.__doc__, list[int].__module__, list[int].__mro_entries__(()), isinstance(list[int], type)
isinstance([], list[int])
issubclass(list, list[int])
isinstance(list[int], list)
int[str]
str[int]
list[int].foo
len(list[int])
list[int] | None, None | list[int], list[int] | dict[str, int], [*tuple[int]], *list[int],
S.__bases__, S.__orig_bases__, S([1]), S.__mro__[1]
repr(list[int]), str(dict[str, 'x']), f'{tuple[int, str]}', list[S], list[T][T]
list[int]()['a']
import_ if False else type(list[int]).__call__
""".replace("\nimport_ if False else type(list[int]).__call__\n", "\n"))
import types, copy, pickle
print(types.GenericAlias(list, (int,)), types.GenericAlias(int, str), types.GenericAlias(list, int) == list[int], copy.copy(list[int]), copy.deepcopy(dict[str, int]), pickle.loads(pickle.dumps(list[int])))
class C:
    def __class_getitem__(cls, k): return f'{cls.__name__}[{k}]'
class D(C): pass
print(C[1], D['a', 2], C[int])
try: C()[1]
except TypeError as e: print(e)
try: types.GenericAlias(list)
except TypeError as e: print(e)
