"""Large files that are made to exhaust whoever reads, lifts or verifies them. files() gives (name, bytes of the .pyc).

`run` gives each of them to krait under a memory limit and a time limit: whatever comes of it, it ends in time and in memory.
"""

import random
import struct

from assembled import table

MAGICS = {4: 3310, 6: 3379, 8: 3413, 10: 3439, 11: 3495, 12: 3531, 13: 3571, 14: 3627}


def u32(n):
    return struct.pack("<I", n & 0xFFFFFFFF)


def data(b):
    return b"s" + u32(len(b)) + b


def text(s):
    return b"u" + u32(len(s)) + s.encode()


def many(n, item):
    """A tuple of n references to one thing: 5 bytes for each."""
    return b"(" + u32(n) + (bytes([item[0] | 0x80]) + item[1:] if n else b"") + (b"r" + u32(0)) * (n - 1)


def sharing(levels):
    """A tuple of itself twice, and so on down: small to write, endless to walk."""
    out = b"N"
    for level in range(levels):
        # Each level is one tuple with the reference number of its depth from the outside.
        out = bytes([ord("(") | 0x80]) + u32(2) + out + b"r" + u32(levels - level)
    return out


class Code:
    def __init__(self, minor, code, *, consts=b"(" + u32(0), names=b"(" + u32(0), locals=b"(" + u32(0), kinds=b"", args=0, flags=0x40,
                 lines=b"", exceptions=b"", stack=10, first_line=1, flag=False):
        self.__dict__.update(locals_=locals, **{k: v for k, v in vars().items() if k not in ("self", "locals")})

    def marshal(self):
        out = [bytes([ord("c") | (0x80 if self.flag else 0)]), u32(self.args)]
        if self.minor >= 8:
            out.append(u32(0))
        out.append(u32(0))
        if self.minor <= 10:
            out.append(u32(0))
        out += [u32(self.stack), u32(self.flags), data(self.code), self.consts, self.names, self.locals_]
        out += [data(self.kinds)] if self.minor >= 11 else [b"(" + u32(0), b"(" + u32(0)]
        out += [text("t.py"), text("f")]
        if self.minor >= 11:
            out.append(text("f"))
        out += [u32(self.first_line), data(self.lines)]
        if self.minor >= 11:
            out.append(data(self.exceptions))
        return b"".join(out)


def pyc(minor, body):
    return struct.pack("<H", MAGICS[minor]) + b"\r\n" + bytes(12 if minor >= 7 else 8) + (body.marshal() if isinstance(body, Code) else body)


class Writer:
    """Instructions of one version, word code or three-byte."""

    def __init__(self, minor):
        self.minor, self.ops, self.out = minor, table(minor), bytearray()

    def add(self, name, arg=0, times=1):
        number, operand = self.ops[name]
        if self.minor <= 5:
            one = bytes([number]) if operand == "None" else struct.pack("<BH", number, arg & 0xFFFF)
        else:
            one = b""
            for shift in (24, 16, 8):
                if arg >> shift:
                    one += bytes([self.ops["EXTENDED_ARG"][0], arg >> shift & 255])
            one += bytes([number, arg & 255])
        self.out += one * times
        return self

    def at(self):
        return len(self.out)

    def bytes(self):
        return bytes(self.out)


def varint(n):
    out = [n & 63]
    while n >> 6:
        n >>= 6
        out.append(n & 63 | 64)
    return bytes(reversed(out))


def rows(entries):
    return b"".join(varint(start) + varint(size) + varint(target) + varint(depth << 1 | lasti)
                    for start, size, target, depth, lasti in entries)


ONE = b"(" + u32(1) + b"N"


def files():
    w = Writer(4).add("NOP", times=20_000_000).add("LOAD_CONST").add("RETURN_VALUE")
    yield "three-byte code of 20 MB", pyc(4, Code(4, w.bytes(), consts=ONE))
    w = Writer(12).add("RESUME").add("NOP", times=4_000_000).add("LOAD_CONST").add("RETURN_VALUE")
    yield "word code of 8 MB", pyc(12, Code(12, w.bytes(), consts=ONE))
    for minor in (8, 13):
        w = Writer(minor).add("LOAD_CONST", times=60000).add("POP_TOP", times=59999).add("RETURN_VALUE")
        yield f"3.{minor} deep stack", pyc(minor, Code(minor, w.bytes(), consts=ONE, stack=0xFFFFFFFF))
    # Every instruction jumps somewhere, at ever other depths of the stack.
    w, n = Writer(8), 30000
    for i in range(n):
        w.add("LOAD_CONST").add("LOAD_CONST").add("POP_JUMP_IF_FALSE", 200 + i % 50 * 2)
    yield "3.8 as many pictures as jumps", pyc(8, Code(8, w.add("RETURN_VALUE").bytes(), consts=ONE))
    w = Writer(4).add("LOAD_CONST", times=2)
    for i in range(20000):
        w.add("JUMP_IF_FALSE_OR_POP", i * 3 % 60000)
    yield "3.4 jumps into all places", pyc(4, Code(4, w.add("RETURN_VALUE").bytes(), consts=ONE))
    w = Writer(8)
    for i in range(300000):
        w.add("JUMP_FORWARD", 0)
    yield "3.8 jumps to the next", pyc(8, Code(8, w.add("LOAD_CONST").add("RETURN_VALUE").bytes(), consts=ONE))
    w = Writer(8).add("JUMP_FORWARD", 0)
    for i in range(30000):
        w.add("LOAD_CONST").add("POP_JUMP_IF_TRUE", 2)
    yield "3.8 jumps back to the start", pyc(8, Code(8, w.add("LOAD_CONST").add("RETURN_VALUE").bytes(), consts=ONE))
    w = Writer(8)
    for i in range(18):
        w.add("SETUP_FINALLY", 40 - 2 * i)
    w.add("LOAD_CONST").add("POP_JUMP_IF_TRUE", 42)
    for i in range(18):
        w.add("POP_BLOCK").add("BEGIN_FINALLY").add("END_FINALLY")
    w.add("CALL_FINALLY", 2).add("END_FINALLY")
    yield "3.8 finally in finally", pyc(8, Code(8, w.add("LOAD_CONST").add("RETURN_VALUE").bytes(), consts=ONE))
    w = Writer(8)
    for i in range(5000):
        w.add("SETUP_FINALLY", 2).add("POP_BLOCK").add("CALL_FINALLY", 2).add("JUMP_FORWARD", 2).add("END_FINALLY")
    yield "3.8 one finally after the other", pyc(8, Code(8, w.add("LOAD_CONST").add("RETURN_VALUE").bytes(), consts=ONE))
    for minor in (8, 12):
        w = Writer(minor).add("EXTENDED_ARG", 255, times=1_000_000).add("LOAD_CONST").add("RETURN_VALUE")
        yield f"3.{minor} a million EXTENDED_ARG", pyc(minor, Code(minor, w.bytes(), consts=ONE))
    w = Writer(8).add("EXTENDED_ARG", 1).add("LOAD_CONST").add("POP_JUMP_IF_TRUE", 2).add("LOAD_CONST").add("RETURN_VALUE")
    yield "3.8 a jump between EXTENDED_ARG and its instruction", pyc(8, Code(8, w.bytes(), consts=ONE * 300))
    w = Writer(12).add("RESUME").add("LOAD_CONST").add("POP_JUMP_IF_FALSE", 1).add("LOAD_GLOBAL", 0)
    w.add("CACHE", times=3).add("POP_JUMP_IF_TRUE", 1).add("LOAD_CONST").add("RETURN_VALUE")
    yield "3.12 a jump into an inline cache", pyc(12, Code(12, w.bytes(), consts=ONE, names=b"(" + u32(1) + text("x")))
    # Exception tables.
    body = lambda: Writer(12).add("RESUME").add("LOAD_CONST", times=2000).add("POP_TOP", times=1999).add("RETURN_VALUE")
    tables = {
        "overlap": [(i % 1000, 2000, 3000 + i % 900, i % 7, i & 1) for i in range(30000)],
        "nest": [(i, 4000 - 2 * i, 2001 + i, 0, 1) for i in range(1900)],
        "catch themselves": [(i, 1, i, 0, 0) for i in range(3000)],
        "are far too deep": [(0, 4000, 100, 0x0FFFFFFF, 1)] * 1000,
        "wild": [(random.Random(i).randrange(5000), random.Random(i + 1).randrange(1 << 30), random.Random(i + 2).randrange(5000),
                  random.Random(i + 3).randrange(9), i & 1) for i in range(20000)],
    }
    for name, entries in tables.items():
        yield f"3.12 exception rows that {name}", pyc(12, Code(12, body().bytes(), consts=ONE, exceptions=rows(entries)))
    yield "3.12 an exception table that never ends", pyc(12, Code(12, body().bytes(), consts=ONE, exceptions=b"\x7f" * 1_000_000))
    # Line tables.
    for minor in (4, 8, 10, 12):
        w = Writer(minor).add("LOAD_CONST").add("RETURN_VALUE")
        for name, lines in (("runs back", b"\x02\x80" * 200000), ("runs away", b"\x00\x7f" * 2_000_000), ("is odd", b"\x02\x01\x02"),
                            ("is noise", random.Random(minor).randbytes(300000))):
            yield f"3.{minor} a line table that {name}", pyc(minor, Code(minor, w.bytes(), consts=ONE, lines=lines, first_line=0x7FFFFFFF))
    # Slots, names, constants.
    w = Writer(8).add("LOAD_CONST").add("RETURN_VALUE").bytes()
    big = many(1_000_000, text("x"))
    yield "3.8 a million locals", pyc(8, Code(8, w, consts=ONE, locals=big))
    yield "3.8 a million arguments", pyc(8, Code(8, w, consts=ONE, locals=big, args=1_000_000))
    yield "3.8 more arguments than locals", pyc(8, Code(8, w, consts=ONE, args=0xFFFFFFFF))
    yield "3.8 a million names", pyc(8, Code(8, w, consts=ONE, names=big))
    w = Writer(8)
    for i in range(50000):
        w.add("LOAD_FAST", i).add("POP_JUMP_IF_FALSE", i % 1000 * 4)
    yield "3.8 many locals in many blocks", pyc(8, Code(8, w.add("LOAD_CONST").add("RETURN_VALUE").bytes(), consts=ONE,
                                                       locals=many(60000, text("x"))))
    w = Writer(8).add("LOAD_CONST").add("RETURN_VALUE").bytes()
    for minor in (8, 12):
        w = Writer(minor).add("LOAD_CONST").add("RETURN_VALUE").bytes()
        yield f"3.{minor} constants that share their parts", pyc(minor, Code(minor, w, consts=b"(" + u32(1) + sharing(60)))
        inner = Code(minor, w, consts=ONE).marshal()
        for _ in range(400):
            inner = Code(minor, w, consts=b"(" + u32(1) + inner).marshal()
        yield f"3.{minor} code in code in code", pyc(minor, inner)
        yield f"3.{minor} a code object that holds itself", pyc(minor, Code(minor, w, consts=b"(" + u32(1) + b"r" + u32(0), flag=True))
        yield f"3.{minor} a thousand times the same code", pyc(minor, Code(minor, w, consts=many(1000, Code(minor, w, consts=ONE).marshal())))
    yield "a tuple of tuples that share their parts", pyc(12, sharing(60))
    yield "lists that hold each other", pyc(12, b"\xdb" + u32(1) + b"\xdb" + u32(1) + b"r" + u32(0))
    yield "a frozenset that holds itself", pyc(12, b"\xbe" + u32(1) + b"r" + u32(0))
    yield "sizes beyond the file", pyc(12, b"(" + u32(0x7FFFFFFF))
    yield "a long int without end", pyc(12, b"l" + u32(0x7FFFFFFF) + b"\xff\x7f" * 1000)
    # Operands.
    for name in ("BUILD_LIST", "BUILD_TUPLE", "CALL_FUNCTION", "CALL_FUNCTION_KW", "UNPACK_SEQUENCE", "UNPACK_EX", "BUILD_MAP",
                 "BUILD_STRING", "BUILD_CONST_KEY_MAP", "RAISE_VARARGS", "FORMAT_VALUE", "MAKE_FUNCTION", "LIST_APPEND", "MAP_ADD"):
        for arg in (0xFFFF, 0xFFFFFF, 0x7FFFFFFF, 0xFFFFFFFF):
            w = Writer(8).add("LOAD_CONST", times=20).add(name, arg).add("RETURN_VALUE")
            yield f"3.8 {name} {arg:#x}", pyc(8, Code(8, w.bytes(), consts=ONE))
    for name in ("CALL", "COPY", "SWAP", "BUILD_LIST", "LOAD_FAST_AND_CLEAR", "CALL_INTRINSIC_1", "CALL_INTRINSIC_2", "BINARY_OP",
                 "LOAD_SUPER_ATTR", "UNPACK_EX", "KW_NAMES", "RESUME", "SEND", "FOR_ITER", "END_FOR", "CLEANUP_THROW", "RERAISE"):
        for arg in (0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF):
            w = Writer(12).add("LOAD_CONST", times=20).add(name, arg).add("RETURN_VALUE")
            yield f"3.12 {name} {arg:#x}", pyc(12, Code(12, w.bytes(), consts=ONE))
