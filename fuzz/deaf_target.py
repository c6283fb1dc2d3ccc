"""Run by Krait (fuzz/deaf_natives does): cases FIRST..LAST, in each one built-in function or method, called with large arguments.

    krait deaf_target.py FIRST LAST [--trace]

While the call runs an alarm goes off, whose handler raises. A native loop that polls hears it at once; one that does not ends only when
it has done its work, and a limit of time would be held up as long. Such calls are reported: `deaf CASE SECONDS CALL`. A case is made from
its number alone. With --trace each call is printed before it is made.
"""

import _abc
import _bisect
import _codecs
import _collections
import _functools
import _heapq
import _json
import _operator
import _random
import _sre
import _string
import _struct
import binascii
import builtins
import io
import itertools
import marshal
import math
import cmath
import operator
import random
import re
import signal
import sys
import time
import types
import unicodedata

TRACE = "--trace" in sys.argv
HEARD_AFTER = 0.1  # seconds of processor time until the alarm
DEAF_AFTER = 0.5   # and until a call that has not heard it is reported

MODULES = [_abc, _bisect, _codecs, _collections, _functools, _heapq, _json, _operator, _random, _sre, _string, _struct, binascii, builtins, io, itertools, marshal, math,
           cmath, sys, unicodedata]
for name in ("array", "zlib", "_csv", "_datetime", "_pickle", "_decimal", "_statistics", "_hashlib", "_md5", "_sha1", "_sha2", "_sha256", "_sha512", "_sha3", "_blake2",
             "_struct", "_ast", "_symtable", "_tokenize", "_elementtree", "pyexpat", "_lsprof", "_bz2", "_lzma", "_crypt", "audioop", "_multibytecodec", "_queue"):
    try:
        MODULES.append(__import__(name))
    except ImportError:
        pass
# What waits, writes, ends the process or never gives the program back.
OUT_OF_REACH = {"open", "input", "breakpoint", "exit", "quit", "help", "__import__", "__build_class__", "copyright", "credits", "license", "print", "FileIO", "open_code",
                "OpenWrapper", "setrecursionlimit", "set_int_max_str_digits", "_exit", "_clear_internal_caches", "setswitchinterval", "exec", "eval", "settrace", "setprofile",
                "_debugmallocstats", "__breakpointhook__", "breakpointhook", "excepthook", "displayhook", "__displayhook__", "__excepthook__", "unraisablehook",
                "__unraisablehook__", "addaudithook", "audit", "activate_stack_trampoline", "_getframe", "call_tracing", "intern", "__new__", "__class_getitem__",
                "__init_subclass__", "__subclasshook__", "__getattribute__", "set_asyncgen_hooks", "setdlopenflags", "_reset_cache"}
N = 300_000
TRIES = 12         # with other arguments, while a call says TypeError


class Late(BaseException):
    pass


class Proxy:
    def __getitem__(self, i):
        return 1

    def __len__(self):
        return 10 ** 9


armed = False  # an alarm that comes when the call is over says nothing


def late(signum, frame):
    global armed
    if armed:
        armed = False
        raise Late


def nested(n):
    value = ()
    for _ in range(n):
        value = (value, value)
    return value


def deep(n):
    value = []
    for _ in range(n):
        value = [value]
    return value


BIG = {
    "text": lambda: "ab " * (N * 8),
    "wide": lambda: "é€😀a" * N * 2,
    "a": lambda: "a" * (N * 20),
    "a..b": lambda: "a" * (N * 4) + "b",
    "aab": lambda: "a" * 1000 + "b",
    "digits": lambda: "1" * (N * 4),
    "lines": lambda: "line\n" * (N * 2),
    "braces": lambda: "{}" * N,
    "brackets": lambda: "[" * N,
    "percents": lambda: "%s" * N,
    "numbers": lambda: "[" + "1," * N + "1]",
    "bytes": lambda: b"ab\n" * (N * 8),
    "zeros": lambda: bytes(N * 60),
    "bytearray": lambda: bytearray(N * 20),
    "view": lambda: memoryview(bytes(N * 20)),
    "view2": lambda: memoryview(bytearray(N * 8)).cast("I"),
    "strided": lambda: memoryview(bytes(N * 20))[::-3],
    "list": lambda: list(range(N * 4)),
    "same": lambda: [1.5] * (N * 10),
    "texts": lambda: ["ab"] * (N * 4),
    "distinct": lambda: [str(i) for i in range(N)],
    "pairs": lambda: [(i, i) for i in range(N)],
    "lists": lambda: [[i] for i in range(N)],
    "tuple": lambda: tuple(range(N * 4)),
    "nested": lambda: nested(60),
    "deep": lambda: deep(50),
    "dict": lambda: dict.fromkeys(range(N * 2), 1),
    "names": lambda: {str(i): i for i in range(N)},
    "items": lambda: dict.fromkeys(range(N * 2), 1).items(),
    "keys": lambda: dict.fromkeys(range(N * 2), 1).keys(),
    "values": lambda: dict.fromkeys(range(N * 2), 1).values(),
    "set": lambda: set(range(N * 2)),
    "other": lambda: frozenset(range(N, N * 3)),
    "colliding": lambda: {i << 40 for i in range(2000)},
    "deque": lambda: _collections.deque(range(N * 4)),
    "ordered": lambda: _collections.OrderedDict.fromkeys(range(N), 1),
    "default": lambda: _collections.defaultdict(list),
    "int": lambda: (1 << 4_000_000) - 12345,
    "int2": lambda: -(3 ** 600_000),
    "odd": lambda: (1 << 1_000_001) + 1,
    "million": lambda: 10 ** 6,
    "giga": lambda: 10 ** 9,
    "tera": lambda: 10 ** 12,
    "range": lambda: range(10 ** 12),
    "slice": lambda: slice(None, None, -1),
    "slice2": lambda: slice(0, 10 ** 9, 2),
    "count": lambda: itertools.count(),
    "repeat": lambda: itertools.repeat(1),
    "cycle": lambda: itertools.cycle("ab"),
    "empty": lambda: itertools.chain.from_iterable(itertools.repeat(())),
    "sentinel": lambda: iter(int, 1),
    "iterator": lambda: iter([1] * (N * 10)),
    "sequence": Proxy,
    "stringio": lambda: io.StringIO("line\n" * N),
    "bytesio": lambda: io.BytesIO(b"line\n" * N),
    "buffered": lambda: io.BufferedReader(io.BytesIO(b"x" * (N * 10))),
    "wrapper": lambda: io.TextIOWrapper(io.BytesIO(b"x\n" * (N * 3))),
    "wrapper2": lambda: io.TextIOWrapper(io.BytesIO(b"x" * (N * 3)), encoding="latin-1"),
    "pattern": lambda: re.compile("(a*)*c"),
    "pattern2": lambda: re.compile("a|b|[^c]x"),
    "match": lambda: re.match("(a)*", "a" * N),
    "scanner": lambda: re.compile("a").scanner("a" * N),
    "random": lambda: random.Random(1),
    "struct": lambda: _struct.Struct("1000000B"),
    "code": lambda: compile("x = 1\n" * 20000, "", "exec"),
    "tree": lambda: compile("x = 1\n" * 5000, "", "exec", 1024),
    "source": lambda: "x = [1, 2]\n" * 20000,
}
SMALL = [0, 1, 2, -1, 3, 10, 1 << 40, "", "a", "b", "aa", "%", "utf-8", "ascii", "rot13", "unicode_escape", "utf-7", "utf-16", "punycode", "idna", "ignore", "replace",
         "xmlcharrefreplace", "namereplace", b"", b"a", b"\0", b"ab", None, True, 1.5, 1e300, 1j, (), [], {}, int, str, list, len, (lambda *a: 1), (lambda *a: 0),
         operator.add, operator.lt, operator.eq, dict, set, type, object, "i", "I", "B", "B1000000", "s", "big", "little", "exec", "eval", "x" * 100, "a" * 3000, "ab" * 500]
# In the place of whole objects of these types a method gets one of these.
RECEIVERS = {str: "text wide a a..b digits lines braces percents numbers source", bytes: "bytes zeros", bytearray: "bytearray", memoryview: "view view2 strided",
             list: "list same texts distinct pairs lists deep", tuple: "tuple nested", dict: "dict names", set: "set colliding", frozenset: "other", int: "int int2 odd million giga tera",
             range: "range", slice: "slice slice2", _collections.deque: "deque", _collections.OrderedDict: "ordered", _collections.defaultdict: "default",
             type({}.items()): "items", type({}.keys()): "keys", type({}.values()): "values", io.StringIO: "stringio", io.BytesIO: "bytesio", io.BufferedReader: "buffered",
             io.TextIOWrapper: "wrapper wrapper2", re.Pattern: "pattern pattern2", re.Match: "match", type(re.compile("a").scanner("a")): "scanner",
             random.Random: "random", _struct.Struct: "struct", types.CodeType: "code"}


def targets():
    found, seen = [], set()
    for module in MODULES:
        for name in sorted(vars(module)):
            value = vars(module)[name]
            if name in OUT_OF_REACH or id(value) in seen:
                continue
            seen.add(id(value))
            if isinstance(value, type):
                if issubclass(value, BaseException) and value is not UnicodeDecodeError and value is not BaseExceptionGroup:
                    continue
                found.append((f"{module.__name__}.{name}", value, None))
                if value not in RECEIVERS:
                    for method in sorted(vars(value)):
                        if method not in OUT_OF_REACH and not method.startswith("__") and isinstance(vars(value)[method], (classmethod, staticmethod)):
                            found.append((f"{name}.{method}", getattr(value, method), None))
            elif callable(value):
                found.append((f"{module.__name__}.{name}", value, None))
    for cls in RECEIVERS:
        for name in sorted(vars(cls)):
            value = vars(cls)[name]
            if name in OUT_OF_REACH:
                continue
            if isinstance(value, (classmethod, staticmethod)):
                found.append((f"{cls.__name__}.{name}", getattr(cls, name), None))
            elif callable(value):
                found.append((f"{cls.__name__}.{name}", value, cls))
    return found


ALL = targets()


def arguments_of(r, cls):
    """Some arguments, and how they are written in a report."""
    arguments, words = [], []
    if cls is not None:
        chosen = r.choice(RECEIVERS[cls].split())
        arguments.append(BIG[chosen]())
        words.append(chosen)
    for _ in range(r.choice((0, 1, 1, 1, 2, 2, 3) if cls is not None else (1, 1, 1, 2, 2, 3, 4))):
        if r.random() < .55:
            chosen = r.choice(list(BIG))
            if chosen in words and r.random() < .5:
                arguments.append(arguments[words.index(chosen)])
            else:
                arguments.append(BIG[chosen]())
            words.append(chosen)
        else:
            arguments.append(r.choice(SMALL))
            words.append(repr(arguments[-1])[:40])
    return arguments, words


def call(number):
    global armed
    r = random.Random(number * 7919 + 3)
    # Targets by turns, then again with other arguments.
    name, function, cls = ALL[number % len(ALL)]
    for _ in range(TRIES):
        arguments, words = arguments_of(r, cls)
        text = f"{name}({', '.join(words)})"
        if TRACE:
            print(text, file=sys.stderr, flush=True)
        result, outcome = None, "returned"
        start = time.process_time()
        try:
            armed = True
            signal.setitimer(signal.ITIMER_PROF, HEARD_AFTER)
            result = function(*arguments)
            if hasattr(result, "__next__"):
                text += " and iterated"
                start = time.process_time()
                for result in result:
                    pass
            armed = False
        except Late:
            outcome = "heard late"
        except BaseException as e:
            outcome = type(e).__name__
        armed = False
        took = time.process_time() - start
        signal.setitimer(signal.ITIMER_PROF, 0)
        if took > DEAF_AFTER:
            print(f"deaf {number} {took:.2f} {text}: {outcome}", file=sys.stderr, flush=True)
        del result, arguments
        # Arguments of the wrong types: others may do.
        if outcome not in ("TypeError", "AttributeError") or took > .05:
            break


def main():
    signal.signal(signal.SIGPROF, late)
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(200)
    first, last = int(sys.argv[1]), int(sys.argv[2])
    for number in range(first, last):
        print(number, file=sys.stderr, flush=True)
        for _ in range(3):
            try:
                call(number)
                break
            except Late:
                signal.setitimer(signal.ITIMER_PROF, 0)


main()
