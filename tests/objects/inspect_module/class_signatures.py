# needs: 3.14
# The signatures of native classes, which inspect.signature() and help() read.
import functools
import inspect
import io
import itertools
import operator
import types

classes = [
    int, float, complex, bool, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice,
    enumerate, zip, map, filter, reversed, property, classmethod, staticmethod, super, object, type(None),
    types.MethodType, types.MappingProxyType, types.SimpleNamespace, types.GenericAlias,
    operator.itemgetter, operator.attrgetter, operator.methodcaller, functools.partial, itertools.chain,
    itertools.count, itertools.islice, itertools.zip_longest, itertools.takewhile, io.StringIO, io.BytesIO,
    io.BufferedReader, io.FileIO,
]
for cls in classes:
    print(cls.__name__, cls.__text_signature__)

for getter in operator.itemgetter(1), operator.attrgetter("a"), operator.methodcaller("m"):
    print(getter.__text_signature__)
print(list.__new__.__text_signature__, list.__init__.__text_signature__)


class Derived(list):
    pass


print(Derived.__text_signature__, inspect.signature(Derived))
