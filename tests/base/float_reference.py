"""Print float cases with CPython's answers, for float_check to compare.

usage: python3 float_reference.py [count [seed]] | float_check     (3.11 or newer, for the 'z' option)
"""

import math
import random
import struct
import sys


def bits(x):
    return f"{struct.unpack('>Q', struct.pack('>d', x))[0]:016x}" if x == x else "7ff8000000000000"


def from_bits(n):
    return struct.unpack(">d", struct.pack(">Q", n))[0]


def some_float(r):
    kind = r.randrange(10)
    if kind < 3:
        return from_bits(r.getrandbits(64))
    if kind == 3:
        return math.ldexp(r.choice((1, 3, 5)), r.randrange(-1074, 1020))
    if kind == 4:
        return float(r.randrange(-10**r.randrange(1, 20), 10**r.randrange(1, 20)))
    if kind == 5:
        return round(r.uniform(-1000, 1000), r.randrange(6))
    if kind == 6:
        return r.randrange(-10**6, 10**6) / 2**r.randrange(12)  # ties
    if kind == 7:
        return from_bits(r.getrandbits(r.randrange(1, 53)))     # subnormals
    if kind == 8:
        return r.choice((0.0, -0.0, math.inf, -math.inf, math.nan, 1e16, 1e15, 9999999999999998.0, 1e-4, 1e-5, 5e-324,
                         sys.float_info.max, sys.float_info.min, 0.1, 123456789.0, -1e-10, 1e22, 1e23, 9.5, 0.5, 2.5))
    return r.random() * 10.0**r.randrange(-20, 20)


def spec(r):
    kind = r.choice("eEfFgG%r")
    precision = r.choice((0, 1, 2, 3, 6, 10, 15, 16, 17, 18, r.randrange(40), r.randrange(400), r.randrange(1300)))
    alternate, sign, z = (r.random() < 0.2 for _ in range(3))
    dot = kind in "gr" and r.random() < 0.5
    text = ("+" if sign else "") + ("z" if z else "") + ("#" if alternate else "")
    if kind == "r":
        dot = True                       # the only way format() shows it: no type, no precision
    else:
        text += f".{precision}" + ("" if dot else kind)
    return kind, precision, alternate, dot, sign, z, text


def decimal_text(r):
    kind = r.randrange(8)
    if kind == 0:
        return repr(some_float(r))
    if kind == 1:
        return r.choice(("", "+", "-", ".", "1.", ".5", "-.5e3", "+1", "++1", "1e", "1e+", "e5", "inf", "-Infinity",
                         "+NaN", "nan(1)", "infinit", "0x10", "1..2", "1.2.3", "1e5.0", "0e999999999999999999999",
                         "1e999999999999999999999", "1e-999999999999999999999", "-1e400", "-1e-400", "2.5e-324",
                         "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308",
                         "1.7976931348623159e308", "0." + "0" * 400 + "1e401", "1" + "0" * 400 + "e-400",
                         "1" * 400, "0." + "0" * 400 + "1", "1d5", "1e5x", "in", "n"))
    digits = "".join(r.choice("0123456789") for _ in range(r.randrange(1, 900 if kind == 2 else 25)))
    at = r.randrange(len(digits) + 1)
    text = r.choice(("", "-", "+")) + digits[:at] + r.choice(("", ".")) + digits[at:]
    if kind == 3:                        # halfway between two doubles, exactly or nearly
        x = abs(from_bits(r.getrandbits(62)))
        y = math.nextafter(x, math.inf)
        from decimal import Decimal, localcontext
        with localcontext() as context:
            context.prec = 1100
            text = f"{(Decimal(x) + Decimal(y)) / 2}" + r.choice(("", "", "1"))
    return text + (f"{r.choice('eE')}{r.randrange(-400, 400)}" if r.random() < 0.6 and "E" not in text else "")


def hex_text(r):
    if r.random() < 0.1:
        return r.choice(("", "0x", "0x.", "0x1.", "0x.8", "1.8p3", "0x1p", "0x1p+", "-0x1p-1074", "0x1p-1075", "0x1.8p-1075",
                         "0x1.0000000000000001p-1075", "0x1p1024", "0x1p1023", "0x1.fffffffffffff7p1023",
                         "0x1.fffffffffffff8p1023", "inf", "-nan", "0x0p999999999999999999999", "0x1p99999999999999999999",
                         "0x1p-99999999999999999999", "0X1P5", "g", "0x1g", "0x1.8.8", "0x" + "1" * 300,
                         "0x." + "0" * 300 + "1", "0x" + "0" * 300 + "1", "1p5.0"))
    digits = "".join(r.choice("0123456789abcdefABCDEF08f") for _ in range(r.randrange(1, 30)))
    at = r.randrange(len(digits) + 1)
    text = r.choice(("", "-", "0x", "-0x")) + digits[:at] + r.choice(("", ".")) + digits[at:]
    return text + (f"p{r.randrange(-1200, 1200)}" if r.random() < 0.8 else "")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    r = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for _ in range(count):
        x = some_float(r)
        print("repr", bits(x), repr(x))
        print("hex", bits(x), x.hex())
        kind, precision, alternate, dot, sign, z, text = spec(r)
        print("format", bits(x), kind, precision, int(alternate), int(dot), int(sign), int(z), format(x, text))
        digits = r.choice((0, 1, 2, 3, -1, -2, r.randrange(-330, 330), r.randrange(-25, 25)))
        if math.isfinite(x):
            try:
                print("round", bits(x), digits, bits(round(x, digits)))
            except OverflowError:
                print("round", bits(x), digits, "large")
        text = decimal_text(r)
        if text:
            try:
                print("parse", text, bits(float(text)))
            except ValueError:
                print("parse", text, "error")
        text = hex_text(r)
        if text:
            try:
                print("fromhex", text, bits(float.fromhex(text)))
            except ValueError:
                print("fromhex", text, "invalid")
            except OverflowError:
                print("fromhex", text, "large")


if __name__ == "__main__":
    main()
