"""Files of CPython 3.4 and 3.5 (and some of later versions) that are put together here, because there is no such CPython to ask.

files() gives (name, bytes of the .pyc, what it prints, what --dis prints or None).
"""

import re
import struct
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent.parent / "src" / "bytecode" / "pyc"
MAGIC = {4: 3310, 5: 3351, 6: 3379}
CMP = ["<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not", "exception match", "BAD"]


def table(minor, cache={}):
    if minor not in cache:
        text = (TABLES / f"opcodes_3_{minor}.inc").read_text("utf-8")
        cache[minor] = {name: (int(number), operand)
                        for number, name, operand in re.findall(r"PYC_OP\((\d+), (\w+), (\w+), \d+\)", text)}
    return cache[minor]


class Code:
    """A code object under construction. `text` has an instruction a line, `label:` lines, and `@N` for "line N begins"."""

    def __init__(self, name, text, args=(), kwonly=0, varnames=(), cells=(), free=(), flags=0x43, line=1, file="t.py", stack=20,
                 argcount=None):
        self.name, self.text, self.kwonly, self.flags, self.line, self.file = name, text, kwonly, flags, line, file
        self.args = list(args)
        self.argcount = len(self.args) - kwonly if argcount is None else argcount
        self.varnames, self.cells, self.free, self.stack = self.args + list(varnames), list(cells), list(free), stack
        self.consts, self.names = [], []

    def index(self, items, value):
        for i, item in enumerate(items):
            if type(item) is type(value) and item == value:
                return i
        items.append(value)
        return len(items) - 1

    def assemble(self, minor, codes):
        ops = table(minor)
        lines, labels, rows, at, width = [], {}, [], 0, (lambda has: 3 if has else 1)
        for line in self.text.strip().splitlines():
            words = line.split("#")[0].strip()
            if not words:
                continue
            if words.startswith("@"):
                rows.append((at, int(words[1:])))
                continue
            if words.endswith(":"):
                labels[words[:-1]] = at
                continue
            name, _, rest = words.partition(" ")
            number, operand = ops[name]
            lines.append((at, name, number, operand, rest.strip()))
            at += width(operand != "None")
        out = bytearray()
        for at, name, number, operand, rest in lines:
            out.append(number)
            if operand == "None":
                continue
            if operand == "Const":
                arg = self.index(self.consts, codes[rest[1:]] if rest.startswith("$") else eval(rest))
            elif operand == "Name":
                arg = self.index(self.names, rest)
            elif operand == "Local":
                arg = self.varnames.index(rest)
            elif operand == "Free":
                arg = (self.cells + self.free).index(rest)
            elif operand == "Compare":
                arg = CMP.index(rest)
            elif operand == "JumpRelative":
                arg = labels[rest] - at - 3
            elif operand == "JumpAbsolute":
                arg = labels[rest]
            else:
                arg = eval(rest)
            out += struct.pack("<H", arg)
        table_bytes, last_at, last_line = bytearray(), 0, self.line
        for at, line in rows:
            table_bytes += bytes((at - last_at, line - last_line))
            last_at, last_line = at, line
        self.code, self.lnotab = bytes(out), bytes(table_bytes)
        return self

    def marshal(self):
        def u32(n):
            return struct.pack("<i", n)

        def value(v):
            if isinstance(v, Code):
                return v.marshal()
            if v is None:
                return b"N"
            if v is True or v is False:
                return b"T" if v else b"F"
            if v is ...:
                return b"."
            if isinstance(v, int):
                return b"i" + u32(v)
            if isinstance(v, str):
                data = v.encode("utf-8")
                return b"u" + u32(len(data)) + data
            if isinstance(v, bytes):
                return b"s" + u32(len(v)) + v
            return b"(" + u32(len(v)) + b"".join(map(value, v))

        return b"".join([b"c", u32(self.argcount), u32(self.kwonly), u32(len(self.varnames)), u32(self.stack), u32(self.flags),
                         value(self.code), value(tuple(self.consts)), value(tuple(self.names)), value(tuple(self.varnames)),
                         value(tuple(self.free)), value(tuple(self.cells)), value(self.file), value(self.name), u32(self.line),
                         value(self.lnotab)])


def pyc(minor, main, /, **inner):
    codes = {}
    for key, code in inner.items():
        codes[key] = code.assemble(minor, codes)
    main.flags = 0x40
    return struct.pack("<H", MAGIC[minor]) + b"\r\n" + bytes(8) + main.assemble(minor, codes).marshal()


def module(text, **more):
    return Code("<module>", text, **more)


FOO = Code("foo", """
@2
LOAD_FAST a
LOAD_CONST 5
BINARY_MULTIPLY
STORE_FAST b
@3
LOAD_GLOBAL print
LOAD_CONST 'Value of b: %s'
LOAD_FAST b
BINARY_MODULO
CALL_FUNCTION 1
POP_TOP
@4
LOAD_FAST b
RETURN_VALUE
""", args=["a"], varnames=["b"], file="tests/call_func.py")

MAIN = Code("main", """
@7
LOAD_CONST 5
STORE_FAST d
@8
LOAD_CONST 6
STORE_FAST e
@9
LOAD_FAST d
LOAD_FAST e
BINARY_ADD
STORE_FAST m
@10
LOAD_GLOBAL foo
LOAD_FAST m
CALL_FUNCTION 1
RETURN_VALUE
""", varnames=["d", "e", "m"], line=6, file="tests/call_func.py")


def call_func():
    return dict(main=module("""
@1
LOAD_CONST $foo
LOAD_CONST 'foo'
MAKE_FUNCTION 0
STORE_NAME foo
@6
LOAD_CONST $main
LOAD_CONST 'main'
MAKE_FUNCTION 0
STORE_NAME main
@12
LOAD_NAME main
CALL_FUNCTION 0
POP_TOP
LOAD_CONST None
RETURN_VALUE
""", file="tests/call_func.py"), inner={"foo": fresh(FOO), "main": fresh(MAIN)})


def fresh(code):
    import copy
    return copy.deepcopy(code)


# The listings of the first seed: what dis of that time printed.
CALL_FUNC_DIS = """\
  1           0 LOAD_CONST               0 (<code object foo, file "tests/call_func.py", line 1>)
              3 LOAD_CONST               1 ('foo')
              6 MAKE_FUNCTION            0
              9 STORE_NAME               0 (foo)

  6          12 LOAD_CONST               2 (<code object main, file "tests/call_func.py", line 6>)
             15 LOAD_CONST               3 ('main')
             18 MAKE_FUNCTION            0
             21 STORE_NAME               1 (main)

 12          24 LOAD_NAME                1 (main)
             27 CALL_FUNCTION            0 (0 positional, 0 keyword pair)
             30 POP_TOP
             31 LOAD_CONST               4 (None)
             34 RETURN_VALUE

Disassembly of <code object foo, file "tests/call_func.py", line 1>:
  2           0 LOAD_FAST                0 (a)
              3 LOAD_CONST               0 (5)
              6 BINARY_MULTIPLY
              7 STORE_FAST               1 (b)

  3          10 LOAD_GLOBAL              0 (print)
             13 LOAD_CONST               1 ('Value of b: %s')
             16 LOAD_FAST                1 (b)
             19 BINARY_MODULO
             20 CALL_FUNCTION            1 (1 positional, 0 keyword pair)
             23 POP_TOP

  4          24 LOAD_FAST                1 (b)
             27 RETURN_VALUE

Disassembly of <code object main, file "tests/call_func.py", line 6>:
  7           0 LOAD_CONST               0 (5)
              3 STORE_FAST               0 (d)

  8           6 LOAD_CONST               1 (6)
              9 STORE_FAST               1 (e)

  9          12 LOAD_FAST                0 (d)
             15 LOAD_FAST                1 (e)
             18 BINARY_ADD
             19 STORE_FAST               2 (m)

 10          22 LOAD_GLOBAL              0 (foo)
             25 LOAD_FAST                2 (m)
             28 CALL_FUNCTION            1 (1 positional, 0 keyword pair)
             31 RETURN_VALUE
"""

FOR_LOOP = Code("for_loop", """
@2
SETUP_LOOP end
LOAD_GLOBAL range
LOAD_CONST 0
LOAD_FAST n
CALL_FUNCTION 2
GET_ITER
top:
FOR_ITER over
STORE_FAST i
@3
LOAD_GLOBAL print
LOAD_FAST i
CALL_FUNCTION 1
POP_TOP
JUMP_ABSOLUTE top
over:
POP_BLOCK
end:
LOAD_CONST None
RETURN_VALUE
""", args=["n"], varnames=["i"])

WHILE_LOOP = Code("while_loop", """
@2
LOAD_CONST 0
STORE_FAST counter
@3
SETUP_LOOP end
top:
LOAD_FAST counter
LOAD_FAST n
COMPARE_OP <
POP_JUMP_IF_FALSE over
@4
LOAD_GLOBAL print
LOAD_FAST counter
CALL_FUNCTION 1
POP_TOP
@5
LOAD_FAST counter
LOAD_CONST 1
INPLACE_ADD
STORE_FAST counter
JUMP_ABSOLUTE top
over:
POP_BLOCK
end:
LOAD_CONST None
RETURN_VALUE
""", args=["n"], varnames=["counter"])

LOOPS_DIS = """\
              0 LOAD_CONST               0 (<code object for_loop, file "t.py", line 1>)
              3 LOAD_CONST               1 ('for_loop')
              6 MAKE_FUNCTION            0
              9 LOAD_CONST               2 (3)
             12 CALL_FUNCTION            1 (1 positional, 0 keyword pair)
             15 POP_TOP
             16 LOAD_CONST               3 (<code object while_loop, file "t.py", line 1>)
             19 LOAD_CONST               4 ('while_loop')
             22 MAKE_FUNCTION            0
             25 LOAD_CONST               2 (3)
             28 CALL_FUNCTION            1 (1 positional, 0 keyword pair)
             31 POP_TOP
             32 LOAD_CONST               5 (None)
             35 RETURN_VALUE

Disassembly of <code object for_loop, file "t.py", line 1>:
  2           0 SETUP_LOOP              33 (to 36)
              3 LOAD_GLOBAL              0 (range)
              6 LOAD_CONST               0 (0)
              9 LOAD_FAST                0 (n)
             12 CALL_FUNCTION            2 (2 positional, 0 keyword pair)
             15 GET_ITER
        >>   16 FOR_ITER                16 (to 35)
             19 STORE_FAST               1 (i)

  3          22 LOAD_GLOBAL              1 (print)
             25 LOAD_FAST                1 (i)
             28 CALL_FUNCTION            1 (1 positional, 0 keyword pair)
             31 POP_TOP
             32 JUMP_ABSOLUTE           16
        >>   35 POP_BLOCK
        >>   36 LOAD_CONST               1 (None)
             39 RETURN_VALUE

Disassembly of <code object while_loop, file "t.py", line 1>:
  2           0 LOAD_CONST               0 (0)
              3 STORE_FAST               1 (counter)

  3           6 SETUP_LOOP              36 (to 45)
        >>    9 LOAD_FAST                1 (counter)
             12 LOAD_FAST                0 (n)
             15 COMPARE_OP               0 (<)
             18 POP_JUMP_IF_FALSE       44

  4          21 LOAD_GLOBAL              0 (print)
             24 LOAD_FAST                1 (counter)
             27 CALL_FUNCTION            1 (1 positional, 0 keyword pair)
             30 POP_TOP

  5          31 LOAD_FAST                1 (counter)
             34 LOAD_CONST               1 (1)
             37 INPLACE_ADD
             38 STORE_FAST               1 (counter)
             41 JUMP_ABSOLUTE            9
        >>   44 POP_BLOCK
        >>   45 LOAD_CONST               2 (None)
             48 RETURN_VALUE
"""


def run_function(minor, code, arguments="", /, **inner):
    """A module that calls one function and prints what it gives."""
    loads = "".join(f"LOAD_CONST {a}\n" for a in arguments.split(";") if a)
    n = loads.count("\n")
    text = f"""
LOAD_NAME print
LOAD_CONST $code
LOAD_CONST 'f'
MAKE_FUNCTION 0
{loads}CALL_FUNCTION {n}
CALL_FUNCTION 1
POP_TOP
LOAD_CONST None
RETURN_VALUE
"""
    return pyc(minor, module(text), code=code, **inner)


TRY = """
SETUP_FINALLY last
SETUP_EXCEPT handler
LOAD_FAST x
POP_JUMP_IF_FALSE fine
LOAD_CONST 1
LOAD_CONST 0
BINARY_TRUE_DIVIDE
RETURN_VALUE
fine:
LOAD_CONST 'returned'
RETURN_VALUE
handler:
DUP_TOP
LOAD_GLOBAL ZeroDivisionError
COMPARE_OP exception match
POP_JUMP_IF_FALSE other
POP_TOP
STORE_FAST e
POP_TOP
LOAD_GLOBAL print
LOAD_CONST 'caught'
LOAD_FAST e
CALL_FUNCTION 2
POP_TOP
POP_EXCEPT
JUMP_FORWARD on
other:
END_FINALLY
on:
POP_BLOCK
LOAD_CONST None
last:
LOAD_GLOBAL print
LOAD_CONST 'finally'
CALL_FUNCTION 1
POP_TOP
END_FINALLY
LOAD_CONST 'after'
RETURN_VALUE
"""

LOOP_FINALLY = """
SETUP_LOOP end
LOAD_GLOBAL range
LOAD_CONST 5
CALL_FUNCTION 1
GET_ITER
top:
FOR_ITER over
STORE_FAST i
SETUP_FINALLY last
LOAD_FAST i
LOAD_CONST 1
COMPARE_OP ==
POP_JUMP_IF_FALSE second
CONTINUE_LOOP top
second:
LOAD_FAST i
LOAD_CONST 3
COMPARE_OP ==
POP_JUMP_IF_FALSE third
BREAK_LOOP
third:
LOAD_GLOBAL print
LOAD_CONST 'body'
LOAD_FAST i
CALL_FUNCTION 2
POP_TOP
POP_BLOCK
LOAD_CONST None
last:
LOAD_GLOBAL print
LOAD_CONST 'finally'
LOAD_FAST i
CALL_FUNCTION 2
POP_TOP
END_FINALLY
JUMP_ABSOLUTE top
over:
POP_BLOCK
end:
LOAD_FAST i
RETURN_VALUE
"""

MANAGER = """
LOAD_NAME __name__
STORE_NAME __module__
LOAD_CONST 'M'
STORE_NAME __qualname__
LOAD_CONST $enter
LOAD_CONST 'M.__enter__'
MAKE_FUNCTION 0
STORE_NAME __enter__
LOAD_CONST $leave
LOAD_CONST 'M.__exit__'
MAKE_FUNCTION 0
STORE_NAME __exit__
LOAD_CONST None
RETURN_VALUE
"""
ENTER = "LOAD_CONST 'inside'\nRETURN_VALUE"
LEAVE = """
LOAD_GLOBAL print
LOAD_CONST 'exit'
LOAD_FAST kind
CALL_FUNCTION 2
POP_TOP
LOAD_CONST True
RETURN_VALUE
"""


def with_statement(minor):
    cleanup = "WITH_CLEANUP" if minor == 4 else "WITH_CLEANUP_START\nWITH_CLEANUP_FINISH"
    body = f"""
LOAD_GLOBAL M
CALL_FUNCTION 0
SETUP_WITH done
STORE_FAST v
LOAD_FAST x
POP_JUMP_IF_FALSE plain
LOAD_FAST x
LOAD_CONST 2
COMPARE_OP ==
POP_JUMP_IF_FALSE leave
LOAD_CONST 1
LOAD_CONST 0
BINARY_MODULO
POP_TOP
leave:
LOAD_CONST 'left early'
RETURN_VALUE
plain:
LOAD_GLOBAL print
LOAD_FAST v
CALL_FUNCTION 1
POP_TOP
POP_BLOCK
LOAD_CONST None
done:
{cleanup}
END_FINALLY
LOAD_CONST 'end'
RETURN_VALUE
"""
    text = """
LOAD_BUILD_CLASS
LOAD_CONST $manager
LOAD_CONST 'M'
MAKE_FUNCTION 0
LOAD_CONST 'M'
CALL_FUNCTION 2
STORE_NAME M
LOAD_CONST $code
LOAD_CONST 'f'
MAKE_FUNCTION 0
STORE_NAME f
""" + "".join(f"LOAD_NAME print\nLOAD_NAME f\nLOAD_CONST {i}\nCALL_FUNCTION 1\nCALL_FUNCTION 1\nPOP_TOP\n" for i in range(3)) + """
LOAD_CONST None
RETURN_VALUE
"""
    return pyc(minor, module(text), enter=Code("__enter__", ENTER, args=["self"]),
               leave=Code("__exit__", LEAVE, args=["self", "kind", "value", "tb"]), manager=Code("M", MANAGER, flags=0x42),
               code=Code("f", body, args=["x"], varnames=["v"]))


SHOW = Code("show", """
LOAD_GLOBAL print
LOAD_FAST a
LOAD_FAST b
LOAD_FAST k
LOAD_FAST rest
LOAD_FAST more
CALL_FUNCTION 5
POP_TOP
LOAD_CONST None
RETURN_VALUE
""", args=["a", "b", "k"], kwonly=1, varnames=["rest", "more"], flags=0x4f)

# def show(a: 'A', b=2, *rest, k=9, **more) -> 'R'; then calls of every form.
CALLS = """
LOAD_CONST 2
LOAD_CONST 'k'
LOAD_CONST 9
LOAD_CONST 'A'
LOAD_CONST 'R'
LOAD_CONST ('a', 'return')
LOAD_CONST $show
LOAD_CONST 'show'
MAKE_FUNCTION 1 | 1 << 8 | 3 << 16
STORE_NAME show
"""


def calls():
    # An argument beyond 16 bits needs EXTENDED_ARG.
    text = CALLS.replace("MAKE_FUNCTION 1 | 1 << 8 | 3 << 16", "EXTENDED_ARG 3\nMAKE_FUNCTION 1 | 1 << 8") + """
LOAD_NAME print
LOAD_NAME show
LOAD_ATTR __annotations__
LOAD_NAME show
LOAD_ATTR __defaults__
LOAD_NAME show
LOAD_ATTR __kwdefaults__
CALL_FUNCTION 3
POP_TOP
LOAD_NAME show
LOAD_CONST 1
CALL_FUNCTION 1
POP_TOP
LOAD_NAME show
LOAD_CONST 1
LOAD_CONST 'k'
LOAD_CONST 5
LOAD_CONST 'z'
LOAD_CONST 6
CALL_FUNCTION 1 | 2 << 8
POP_TOP
LOAD_NAME show
LOAD_CONST 1
LOAD_CONST (7, 8)
CALL_FUNCTION_VAR 1
POP_TOP
LOAD_NAME show
LOAD_CONST 1
LOAD_CONST 'z'
LOAD_CONST 3
LOAD_CONST (7, 8)
CALL_FUNCTION_VAR 1 | 1 << 8
POP_TOP
LOAD_NAME show
LOAD_CONST 1
LOAD_CONST 'z'
LOAD_CONST 3
LOAD_NAME dict
LOAD_CONST 'k'
LOAD_CONST 0
CALL_FUNCTION 1 << 8
CALL_FUNCTION_KW 1 | 1 << 8
POP_TOP
LOAD_NAME show
LOAD_CONST 1
LOAD_CONST 'z'
LOAD_CONST 3
LOAD_CONST 'y'
LOAD_CONST 4
LOAD_CONST (7, 8)
LOAD_NAME dict
LOAD_CONST 'k'
LOAD_CONST 0
CALL_FUNCTION 1 << 8
CALL_FUNCTION_VAR_KW 1 | 2 << 8
POP_TOP
LOAD_CONST None
RETURN_VALUE
"""
    return module(text)


CALLS_OUT = """\
{'a': 'A', 'return': 'R'} (2,) {'k': 9}
1 2 9 () {}
1 2 5 () {'z': 6}
1 7 9 (8,) {}
1 7 9 (8,) {'z': 3}
1 2 0 () {'z': 3}
1 7 0 (8,) {'z': 3, 'y': 4}
"""

# def outer(n): def inner(k=1): nonlocal n; n += k; return n; return inner
INNER = Code("inner", """
LOAD_DEREF n
LOAD_FAST k
INPLACE_ADD
STORE_DEREF n
LOAD_DEREF n
RETURN_VALUE
""", args=["k"], free=["n"], flags=0x13)
OUTER = Code("outer", """
LOAD_CONST 1
LOAD_CLOSURE n
BUILD_TUPLE 1
LOAD_CONST $inner
LOAD_CONST 'outer.<locals>.inner'
MAKE_CLOSURE 1
RETURN_VALUE
""", args=["n"], cells=["n"], flags=0x3)
CLOSURES = """
LOAD_CONST $outer
LOAD_CONST 'outer'
MAKE_FUNCTION 0
LOAD_CONST 10
CALL_FUNCTION 1
STORE_NAME f
LOAD_NAME print
LOAD_NAME f
CALL_FUNCTION 0
LOAD_NAME f
LOAD_CONST 5
CALL_FUNCTION 1
LOAD_NAME f
LOAD_ATTR __qualname__
CALL_FUNCTION 3
POP_TOP
LOAD_CONST None
RETURN_VALUE
"""

SUB = Code("sub", """
LOAD_CONST 1
YIELD_VALUE
STORE_FAST got
LOAD_CONST 'sub ends'
RETURN_VALUE
""", varnames=["got"], flags=0x63)
DELEGATE = Code("delegate", """
LOAD_GLOBAL sub
CALL_FUNCTION 0
{iter}
LOAD_CONST None
YIELD_FROM
YIELD_VALUE
POP_TOP
LOAD_CONST None
RETURN_VALUE
""", flags=0x63)


def delegation(minor):
    delegate = fresh(DELEGATE)
    delegate.text = delegate.text.format(iter="GET_ITER" if minor == 4 else "GET_YIELD_FROM_ITER")
    text = """
LOAD_CONST $sub
LOAD_CONST 'sub'
MAKE_FUNCTION 0
STORE_NAME sub
LOAD_NAME print
LOAD_NAME list
LOAD_CONST $delegate
LOAD_CONST 'delegate'
MAKE_FUNCTION 0
CALL_FUNCTION 0
CALL_FUNCTION 1
CALL_FUNCTION 1
POP_TOP
LOAD_CONST None
RETURN_VALUE
"""
    return pyc(minor, module(text), sub=fresh(SUB), delegate=delegate)


MAPS_4 = """
LOAD_NAME print
BUILD_MAP 2
LOAD_CONST 1
LOAD_CONST 'a'
STORE_MAP
LOAD_CONST 2
LOAD_CONST 'b'
STORE_MAP
CALL_FUNCTION 1
PRINT_EXPR
LOAD_CONST 7
PRINT_EXPR
LOAD_CONST None
RETURN_VALUE
"""
MAPS_5 = """
LOAD_NAME print
LOAD_CONST 'a'
LOAD_CONST 1
LOAD_CONST 'b'
LOAD_CONST 2
BUILD_MAP 2
LOAD_CONST 'a'
LOAD_CONST 3
BUILD_MAP 1
BUILD_MAP_UNPACK 2
LOAD_CONST (1, 2)
LOAD_CONST (3,)
BUILD_LIST_UNPACK 2
LOAD_CONST (1, 2)
LOAD_CONST 'xy'
BUILD_TUPLE_UNPACK 2
LOAD_CONST (4, 4)
BUILD_SET_UNPACK 1
CALL_FUNCTION 4
PRINT_EXPR
LOAD_CONST None
RETURN_VALUE
"""

# class C: def __init__; print(member): the class of the first seed.
INIT = Code("__init__", """
@3
LOAD_CONST 1
LOAD_FAST self
STORE_ATTR member1
LOAD_CONST None
RETURN_VALUE
""", args=["self"], line=2)
PRINT = Code("print", """
@6
LOAD_FAST self
DUP_TOP
LOAD_ATTR member1
LOAD_CONST 5
INPLACE_ADD
ROT_TWO
STORE_ATTR member1
@7
LOAD_GLOBAL print
LOAD_CONST 'Member1: %s'
LOAD_FAST self
LOAD_ATTR member1
BINARY_MODULO
CALL_FUNCTION 1
POP_TOP
LOAD_CONST None
RETURN_VALUE
""", args=["self"], line=5)
CLASS = Code("Foo", """
LOAD_NAME __name__
STORE_NAME __module__
LOAD_CONST 'Foo'
STORE_NAME __qualname__
LOAD_CONST $init
LOAD_CONST 'Foo.__init__'
MAKE_FUNCTION 0
STORE_NAME __init__
LOAD_CONST $show
LOAD_CONST 'Foo.print'
MAKE_FUNCTION 0
STORE_NAME print
LOAD_CONST None
RETURN_VALUE
""", flags=0x42)
CLASS_MAIN = """
LOAD_BUILD_CLASS
LOAD_CONST $body
LOAD_CONST 'Foo'
MAKE_FUNCTION 0
LOAD_CONST 'Foo'
CALL_FUNCTION 2
STORE_NAME Foo
LOAD_NAME Foo
CALL_FUNCTION 0
STORE_NAME foo
LOAD_NAME foo
LOAD_ATTR print
CALL_FUNCTION 0
POP_TOP
LOAD_NAME foo
LOAD_ATTR print
CALL_FUNCTION 0
POP_TOP
LOAD_CONST None
RETURN_VALUE
"""


# The first of what `async for` finds, by any of the two protocols that __aiter__ had: f() is a coroutine.
FIRST_ASYNC = """
LOAD_FAST x
GET_AITER
LOAD_CONST None
YIELD_FROM
GET_ANEXT
LOAD_CONST None
YIELD_FROM
RETURN_VALUE
"""
ASYNC_DRIVER = '''
class Items:
    async def __anext__(self): return 'item'
class Plain:
    def __aiter__(self): return Items()
class Awaited:
    async def __aiter__(self): return Items()
class Neither:
    def __aiter__(self): return 5
class Wrong:
    async def __aiter__(self): return 5
for x in Plain(), Awaited(), Neither(), Wrong(), 5:
    try: f(x).send(None)
    except StopIteration as end: print(end.value)
    except TypeError as error: print(error)
'''
ASYNC_OUT = """\
item
item
'async for' received an object from __aiter__ that does not implement __anext__: int
'async for' requires an iterator with __anext__ method, got int
'async for' requires an object with __aiter__ method, got int
"""


def awaited_aiter():
    text = f"LOAD_CONST $f\nLOAD_CONST 'f'\nMAKE_FUNCTION 0\nSTORE_NAME f\nLOAD_NAME exec\nLOAD_CONST {ASYNC_DRIVER!r}\n"
    return pyc(5, module(text + "CALL_FUNCTION 1\nRETURN_VALUE"), f=Code("f", FIRST_ASYNC, args=["x"], flags=0xC3))


def files():
    for minor in (4, 5):
        version = f"3.{minor} "
        program = call_func()
        yield version + "functions", pyc(minor, program["main"], **program["inner"]), "Value of b: 55\n", CALL_FUNC_DIS
        loops = "".join(f"LOAD_CONST ${name}\nLOAD_CONST '{name}'\nMAKE_FUNCTION 0\nLOAD_CONST 3\nCALL_FUNCTION 1\nPOP_TOP\n"
                        for name in ("for_loop", "while_loop")) + "LOAD_CONST None\nRETURN_VALUE"
        yield (version + "loops", pyc(minor, module(loops), for_loop=fresh(FOR_LOOP), while_loop=fresh(WHILE_LOOP)),
               "0\n1\n2\n0\n1\n2\n", LOOPS_DIS.replace("              0 LOAD_CONST", "  1           0 LOAD_CONST", 1))
        yield version + "class", pyc(minor, module(CLASS_MAIN), init=fresh(INIT), show=fresh(PRINT), body=fresh(CLASS)), \
            "Member1: 6\nMember1: 11\n", None
        for x, out in ((0, "finally\nreturned\n"), (1, "caught division by zero\nfinally\nafter\n")):
            yield version + f"try {x}", run_function(minor, Code("f", TRY, args=["x"], varnames=["e"]), str(x)), out, None
        yield version + "break and continue through finally", run_function(minor, Code("f", LOOP_FINALLY, varnames=["i"])), \
            "body 0\nfinally 0\nfinally 1\nbody 2\nfinally 2\nfinally 3\n3\n", None
        yield version + "with", with_statement(minor), \
            "inside\nexit None\nend\nexit None\nleft early\nexit <class 'ZeroDivisionError'>\nend\n", None
        yield version + "calls", pyc(minor, calls(), show=fresh(SHOW)), CALLS_OUT, None
        yield version + "closures", pyc(minor, module(CLOSURES), inner=fresh(INNER), outer=fresh(OUTER)), \
            "11 16 outer.<locals>.inner\n", None
        yield version + "yield from", delegation(minor), "[1, 'sub ends']\n", None
    yield "3.4 maps", pyc(4, module(MAPS_4)), "{'a': 1, 'b': 2}\n7\n", None
    yield "3.5 unpacking", pyc(5, module(MAPS_5)), "{'a': 3, 'b': 2} [1, 2, 3] (1, 2, 'x', 'y') {4}\n", None
    yield "3.5 an awaitable from __aiter__", awaited_aiter(), ASYNC_OUT, None


if __name__ == "__main__":
    for name, data, out, _ in files():
        print(name, len(data), repr(out))
