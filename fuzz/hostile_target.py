"""Run by Krait (fuzz/hostile_objects does): cases FIRST..LAST, in each a few operations of the built-in types and modules on objects whose
special methods misbehave, while they work on containers that those methods change.

    krait hostile_target.py FIRST LAST [--trace]

A case is made from its number alone. With --trace each operation is printed before it is done.
"""

import bisect
import collections
import copy
import functools
import gc
import heapq
import io
import itertools
import json
import math
import operator
import random
import re
import struct
import sys
import types
import weakref

try:
    from array import array
except ImportError:
    array = None

TRACE = "--trace" in sys.argv
stderr, sys.stdout = sys.stderr, io.StringIO()
sys.setrecursionlimit(120)

UNARY = "__len__ __bool__ __hash__ __repr__ __str__ __bytes__ __iter__ __next__ __reversed__ __length_hint__ __index__ __int__ __float__ __complex__ " \
        "__neg__ __pos__ __abs__ __invert__ __trunc__ __floor__ __ceil__ __enter__ __dir__ __sizeof__ __copy__ __fspath__ __reduce__ __getnewargs__ " \
        "__getstate__ __aiter__ __anext__ __await__ __del__".split()
BINARY = "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __getitem__ __delitem__ __contains__ __getattr__ __format__ __call__ __round__ __missing__ " \
         "__instancecheck__ __subclasscheck__ __class_getitem__ __deepcopy__ __reduce_ex__ __delattr__ __setstate__ __mro_entries__ __buffer__".split()
for name in "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split():
    BINARY += [f"__{name}__", f"__r{name}__"] + ([f"__i{name}__"] if name != "divmod" else [])
TERNARY = "__setitem__ __setattr__ __get__ __set_name__".split()
# What a well-behaved method of that name would give, to come past the first check.
PROPER = {"__len__": lambda r: r.randrange(6), "__bool__": lambda r: r.random() < .5, "__hash__": lambda r: r.randrange(4), "__repr__": lambda r: "r" * r.randrange(5),
          "__str__": lambda r: "s" * r.randrange(5), "__bytes__": lambda r: b"by", "__index__": lambda r: r.randrange(-3, 6), "__int__": lambda r: r.randrange(-3, 6),
          "__float__": lambda r: 1.5, "__complex__": lambda r: 1j, "__length_hint__": lambda r: r.randrange(20), "__iter__": lambda r: iter([1, 2, 3]),
          "__eq__": lambda r: r.random() < .5, "__lt__": lambda r: r.random() < .5, "__contains__": lambda r: r.random() < .5, "__format__": lambda r: "f",
          "__fspath__": lambda r: "/p", "__getitem__": lambda r: r.randrange(5), "__next__": lambda r: r.randrange(5), "__dir__": lambda r: ["a"],
          "__instancecheck__": lambda r: True, "__subclasscheck__": lambda r: True, "__getattr__": lambda r: r.randrange(5)}
EXCEPTIONS = (ValueError, TypeError, StopIteration, IndexError, KeyError, AttributeError, RuntimeError, KeyboardInterrupt, GeneratorExit, OverflowError, StopAsyncIteration,
              ZeroDivisionError, BufferError, RecursionError, MemoryError, UnicodeDecodeError, SystemExit, OSError)
OUT_OF_REACH = {"open", "input", "breakpoint", "exit", "quit", "help", "__import__", "exec", "eval", "compile", "__build_class__", "copyright", "credits", "license",
                "print", "globals", "locals", "vars", "__debug__"}


class Case:
    def __init__(self, number):
        self.r = random.Random(number * 7919 + 1)
        self.budget = 400  # misbehaviours, after which methods do nothing more
        self.depth = 0
        r = self.r
        self.victims = [[1, 2, 3], {1: 2, 3: 4}, {1, 2, 3}, bytearray(b"hello world"), collections.deque([1, 2, 3]), collections.OrderedDict(a=1, b=2),
                        collections.defaultdict(list), [[], [3], "x"], collections.Counter("hello"), [5] * 40, dict.fromkeys(range(30)), set(range(40))]
        if array is not None:
            self.victims += [array("b", b"hello"), array("d", [1, 2, 3])]
        r.shuffle(self.victims)
        self.victims = self.victims[:4]
        self.pool = []
        for _ in range(r.randrange(2, 5)):
            self.pool.append(self.hostile())
        for victim in self.victims:
            self.pool.append(victim)
            if r.random() < .6:
                self.put(victim, r.choice(self.pool))
            if r.random() < .4:
                try:
                    self.pool.append(r.choice((iter, reversed, memoryview, enumerate, lambda v: v.items(), lambda v: v.keys(), weakref.ref))(victim))
                except Exception:
                    pass
        self.pool += [r.choice((0, 1, -1, 5, 2.5, "abc", b"xy", None, True, (1, 2), frozenset([1]), range(5), slice(None), slice(1, 3), ..., NotImplemented, 1j, "", (), [], {}, 1 << 70,
                                int, str, list, dict, type, object, len, (lambda *a: a), operator.add, "é", io.StringIO("a\nb"), io.BytesIO(b"ab"), re.compile("a*"))) for _ in range(4)]
        self.pool.append(self.generator())

    def put(self, victim, value):
        """Puts a hostile object into a container, as far as that goes."""
        try:
            if isinstance(victim, (list, collections.deque)):
                victim.append(value)
            elif isinstance(victim, dict):
                victim[value] = value
            elif isinstance(victim, set):
                victim.add(value)
        except BaseException:
            pass

    def generator(self):
        def g():
            try:
                while True:
                    got = yield self.r.choice(self.pool)
                    self.mischief()
            finally:
                self.mischief()
        return g()

    def value(self):
        return self.r.choice(self.pool)

    def mischief(self):
        """Changes something that somebody is working on."""
        r = self.r
        self.budget -= 1
        if self.budget < 0:
            return
        victim = r.choice(self.victims)
        how = r.randrange(14)
        if how == 0:
            victim.clear()
        elif how == 1:
            if isinstance(victim, (list, collections.deque)):
                victim.extend([r.choice(self.pool)] * r.randrange(40))
            elif isinstance(victim, dict):
                for i in range(r.randrange(40)):
                    victim[i] = i
            elif isinstance(victim, set):
                victim.update(range(r.randrange(60)))
            else:
                victim.extend(b"x" * r.randrange(100))
        elif how == 2:
            if isinstance(victim, (list, bytearray)):
                del victim[r.randrange(3):]
            elif isinstance(victim, dict):
                victim.pop(next(iter(victim), None), None)
            elif victim:
                victim.pop()
        elif how == 3:
            gc.collect()
        elif how == 4:
            self.pool[r.randrange(len(self.pool))] = r.choice((None, [], self.hostile() if self.budget > 100 else 0))
        elif how == 5:
            h = r.choice(self.pool)
            cls = type(h)
            if cls.__flags__ & (1 << 9):  # made by a class statement
                names = [n for n in vars(cls) if n.startswith("__") and n not in ("__dict__", "__weakref__", "__module__", "__doc__", "__slots__")]
                if names:
                    delattr(cls, r.choice(names))
        elif how == 6:
            h, other = r.choice(self.pool), r.choice(self.pool)
            h.__class__ = type(other)
        elif how == 7:
            for item in self.pool:
                if isinstance(item, memoryview):
                    item.release()
        elif how == 8:
            self.operation()
        elif how == 9:
            h = r.choice(self.pool)
            h.__dict__.clear()
        elif how == 10:
            next(r.choice(self.pool))
        elif how == 11:
            h = r.choice(self.pool)
            type(h).__bases__ = r.choice(((object,), (list,), (int,), (type(r.choice(self.pool)),)))
        elif how == 12 and isinstance(victim, (list, bytearray)):
            victim[:] = victim[:1] * r.randrange(30)
        elif how == 13:
            [bytes(r.randrange(200)) for _ in range(20)]

    def method(self, name):
        r = self.r
        proper = PROPER.get(name)
        plan = r.randrange(10)
        case = self

        def misbehave(self, *args):
            if case.depth > 8 or case.budget < 0:
                return proper(r) if proper else NotImplemented
            case.depth += 1
            try:
                if plan < 6 or r.random() < .3:
                    try:
                        case.mischief()
                    except BaseException as e:
                        if r.random() < .2:
                            raise
                if plan == 7:
                    raise r.choice(EXCEPTIONS)
                if plan == 8:
                    return r.choice((None, 0, -1, 1 << 80, "x", [], self, NotImplemented, float("nan"), case.value(), b"", (1, 2), iter(()), lambda *a: 1))
                if plan == 9:
                    return case.do(self, *args)
                if proper and r.random() < .85:
                    return proper(r)
                return case.value()
            finally:
                case.depth -= 1
        return misbehave

    def hostile(self):
        r = self.r
        names = r.sample(UNARY, r.randrange(1, 9)) + r.sample(BINARY, r.randrange(1, 12)) + r.sample(TERNARY, r.randrange(2))
        if r.random() < .5:
            names += ["__eq__", "__hash__"]
        if r.random() < .4:
            names += ["__iter__", "__next__"]
        if r.random() < .3:
            names += ["__index__", "__len__", "__getitem__"]
        base = r.choice((object, object, object, list, dict, int, str, tuple, set, bytearray, float, Exception, bytes, frozenset, type, collections.deque, collections.OrderedDict, property,
                         types.SimpleNamespace, collections.UserList, io.StringIO, io.RawIOBase, BaseException, complex))
        namespace = {name: self.method(name) for name in names}
        if r.random() < .1:
            namespace["__slots__"] = ("a",) if base is object else ()
        if r.random() < .2:
            namespace["__class__"] = property(lambda s: r.choice((int, str, list, dict, type)))
        for dangerous in ("__getattribute__",):
            if r.random() < .08:
                namespace[dangerous] = self.method(dangerous)
        try:
            cls = type(base)("H", (base,), namespace) if base is not type else type("H", (type,), namespace)
            if base is type:
                return cls("M", (), {})
            for _ in range(3):
                try:
                    made = cls() if base is not UnicodeError else cls("x")
                    break
                except BaseException:
                    made = object.__new__(cls) if base is object else base()
            return made
        except BaseException:
            return object()

    def do(self, *arguments):
        """An operation of random kind on these."""
        r = self.r
        arguments = list(arguments) or [self.value()]
        while len(arguments) < 2:
            arguments.append(self.value())
        a, b = arguments[0], arguments[1]
        how = r.randrange(20)
        if how == 0:
            return r.choice(OPERATORS)(a, b)
        if how == 1:
            return a[b]
        if how == 2:
            a[b] = self.value()
            return a
        if how == 3:
            return [x for x, _ in zip(a, range(20))]
        if how == 4:
            return b in a
        if how == 5:
            return f"{a!r:{b}}" if r.random() < .3 else f"{a!s}{b!r}"
        if how == 6:
            with a as x:
                return x
        if how == 7:
            x, *y = a
            return y
        if how == 8:
            return r.choice((sorted, list, tuple, set, dict, frozenset, bytes, bytearray, sum, min, max, iter, len, repr, hash, bool, int, float, str, complex, abs, round))(a)
        if how == 9:
            return a(*b) if r.random() < .5 else a(**b)
        if how == 10:
            match a:
                case [x, *_]:
                    return x
                case {1: y, **rest}:
                    return rest
                case int(z) | str(z):
                    return z
                case object(real=w):
                    return w
        if how == 11:
            del a[b]
            return a
        if how == 12:
            return isinstance(a, b) or issubclass(a, b)
        if how == 13:
            a += b
            return a
        if how == 14:
            return a < b or a == b
        if how == 15:
            return getattr(a, r.choice(("x", "__class__", "__dict__", "real", "append", "__len__", "__doc__")))
        if how == 16:
            try:
                raise a
            except b:
                return 1
        if how == 17:
            return "%s %r %d" % a if r.random() < .3 else "%s %d" % (a, b)
        if how == 18:
            return a[b:self.value()]
        return {a: b, **a} if r.random() < .5 else [*a, *b]

    def operation(self):
        r = self.r
        how = r.randrange(10)
        if how < 3:
            return self.do(self.value(), self.value())
        if how < 7:  # a method of a container or value
            owner = r.choice(self.victims) if r.random() < .6 else self.value()
            kind = r.choice(NATIVE_TYPES)
            names = METHODS.get(type(owner))
            if names is None:
                names = METHODS[kind] if not isinstance(owner, kind) else METHODS[kind]
            name = r.choice(names)
            arguments = [self.value() for _ in range(r.choice((0, 1, 1, 1, 2, 2, 3)))]
            keywords = {r.choice(KEYWORDS): self.value()} if r.random() < .15 else {}
            if TRACE:
                print(f"   .{name} of {type(owner)} with {[type(x) for x in arguments]} {keywords and list(keywords)}", file=stderr, flush=True)
            if r.random() < .3:
                return getattr(kind, name, len)(owner, *arguments)
            return getattr(owner, name)(*arguments, **keywords)
        function = r.choice(FUNCTIONS)
        arguments = [self.value() for _ in range(r.choice((1, 1, 2, 2, 3)))]
        keywords = {r.choice(KEYWORDS): self.value()} if r.random() < .15 else {}
        if TRACE:
            print(f"   {function!r} with {[type(x) for x in arguments]} {keywords and list(keywords)}", file=stderr, flush=True)
        result = function(*arguments, **keywords)
        if hasattr(type(result), "__next__"):
            for _ in range(12):
                next(result, None)
        return result

    def run(self):
        for _ in range(6):
            self.budget = 60
            try:
                result = self.operation()
                if self.r.random() < .5:
                    self.pool[self.r.randrange(len(self.pool))] = result
            except BaseException as e:
                if self.r.random() < .1:
                    self.pool.append(e)


NATIVE_TYPES = [list, dict, set, tuple, str, bytes, bytearray, int, float, complex, frozenset, memoryview, collections.deque, collections.OrderedDict, collections.defaultdict,
                range, slice, type({}.keys()), type({}.items()), type({}.values()), types.SimpleNamespace, property, io.StringIO, io.BytesIO, type(re.compile("")), BaseException,
                ExceptionGroup, types.MappingProxyType, type(iter([])), type(i for i in ()), object, struct.Struct, random.Random, weakref.ref, staticmethod, classmethod,
                types.MethodType, types.FunctionType, super, enumerate, zip, map, filter, reversed, functools.partial, itertools.chain, type]
METHODS = {t: [n for n in dir(t) if n not in ("__subclasses__", "__init_subclass__", "__getattribute__")] for t in NATIVE_TYPES}
KEYWORDS = ("key", "default", "reverse", "start", "strict", "sep", "maxsplit", "encoding", "errors", "initial", "n", "r", "repeat", "maxlen", "fillvalue", "lo", "hi", "indent", "flags")
OPERATORS = [getattr(operator, n) for n in dir(operator) if not n.startswith("_") and callable(getattr(operator, n))]
FUNCTIONS = [f for n, f in vars(__import__("builtins")).items() if callable(f) and n not in OUT_OF_REACH and not (isinstance(f, type) and issubclass(f, BaseException) and n == "SystemExit")]
NATIVE = [itertools, functools, operator, math, heapq, bisect, struct, copy, re, weakref]
for name in "array zlib bz2 lzma _csv binascii unicodedata cmath _json contextvars types _codecs marshal".split():
    try:
        NATIVE.append(__import__(name))
    except ImportError:
        pass
for module in NATIVE:
    FUNCTIONS += [f for n, f in vars(module).items() if callable(f) and not n.startswith("_") and n not in ("count", "cycle", "repeat", "product", "factorial", "comb", "perm", "Set", "Enum", "template",
                                                                                                      "combinations_with_replacement", "permutations", "combinations", "lru_cache", "recursive_repr")]
FUNCTIONS += [json.dumps, json.loads, collections.Counter, collections.deque, collections.namedtuple, collections.ChainMap, io.StringIO, io.BytesIO, io.TextIOWrapper, io.BufferedReader,
              types.SimpleNamespace, types.MappingProxyType, types.new_class, random.Random, random.shuffle, random.choices] * 2


def main():
    first, last = int(sys.argv[1]), int(sys.argv[2])
    for number in range(first, last):
        print(number, file=stderr, flush=True)
        try:
            Case(number).run()
        except BaseException as e:
            if TRACE:
                print("   made", type(e), file=stderr)
        if number % 20 == 0:
            gc.collect()


main()
