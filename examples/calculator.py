"""A calculator for exact fractions: a tokenizer, a recursive-descent parser into dataclass-like nodes, a simplifier
with structural pattern matching, and an evaluator.

    build/krait examples/calculator.py '1/3 + 1/6' '2 * (x + 0) * 1' x=7/2
"""
import sys


class Fraction:
    __slots__ = ("n", "d")

    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"{n}/0 is no number")
        a, b = abs(n), abs(d)
        while b:
            a, b = b, a % b
        sign = -1 if d < 0 else 1
        self.n, self.d = sign * n // a, sign * d // a

    def __add__(self, other): return Fraction(self.n * other.d + other.n * self.d, self.d * other.d)
    def __sub__(self, other): return Fraction(self.n * other.d - other.n * self.d, self.d * other.d)
    def __mul__(self, other): return Fraction(self.n * other.n, self.d * other.d)
    def __truediv__(self, other): return Fraction(self.n * other.d, self.d * other.n)
    def __eq__(self, other): return (self.n, self.d) == (other.n, other.d)
    def __str__(self): return f"{self.n}" if self.d == 1 else f"{self.n}/{self.d}"


class Node:
    __match_args__ = ()

    def __init__(self, *parts):
        for name, part in zip(type(self).__match_args__, parts, strict=True):
            setattr(self, name, part)


class Number(Node): __match_args__ = ("value",)
class Name(Node): __match_args__ = ("name",)
class Operation(Node): __match_args__ = ("operator", "left", "right")


OPERATORS = {
    "+": (1, lambda a, b: a + b),
    "-": (1, lambda a, b: a - b),
    "*": (2, lambda a, b: a * b),
    "/": (2, lambda a, b: a / b),
}
ZERO, ONE = Fraction(0), Fraction(1)


def tokens(text):
    """Gives (kind, text) pairs; the kinds are number, name and the operators themselves."""
    at = 0
    while at < len(text):
        start = at
        if text[at].isspace():
            at += 1
        elif text[at].isdigit():
            while at < len(text) and text[at].isdigit():
                at += 1
            yield "number", text[start:at]
        elif text[at].isidentifier():
            while at < len(text) and text[start:at + 1].isidentifier():
                at += 1
            yield "name", text[start:at]
        elif text[at] in OPERATORS or text[at] in "()":
            at += 1
            yield text[start], text[start]
        else:
            raise SyntaxError(f"{text[at]!r} is no part of a sum", ("<expression>", 1, at + 1, text))
    yield "end", ""


class Parser:
    def __init__(self, text):
        self.rest = tokens(text)
        self.kind, self.text = next(self.rest)

    def take(self, kind):
        if self.kind != kind:
            raise ValueError(f"expected {kind}, found {self.text or 'the end'}")
        text = self.text
        if kind != "end":
            self.kind, self.text = next(self.rest)
        return text

    def atom(self):
        match self.kind:
            case "number":
                return Number(Fraction(int(self.take("number"))))
            case "name":
                return Name(self.take("name"))
            case "(":
                self.take("(")
                inside = self.sum(0)
                self.take(")")
                return inside
            case _:
                raise ValueError(f"expected a number or a name, found {self.text or 'the end'}")

    def sum(self, lowest):
        left = self.atom()
        while (operator := self.kind) in OPERATORS and (level := OPERATORS[operator][0]) > lowest:
            self.take(operator)
            left = Operation(operator, left, self.sum(level))
        return left


def simplified(node):
    match node:
        case Operation(operator, left, right):
            match operator, simplified(left), simplified(right):
                case "+", Number(value), other if value == ZERO:
                    return other
                case "+" | "-", other, Number(value) if value == ZERO:
                    return other
                case "*" | "/", other, Number(value) if value == ONE:
                    return other
                case "*", Number(value), other if value == ONE:
                    return other
                case _, Number(a), Number(b):
                    return Number(OPERATORS[operator][1](a, b))
                case _, left, right:
                    return Operation(operator, left, right)
        case _:
            return node


def shown(node, around=0):
    match node:
        case Number(value):
            return str(value)
        case Name(name):
            return name
        case Operation(operator, left, right):
            level = OPERATORS[operator][0]
            text = f"{shown(left, level - 1)} {operator} {shown(right, level)}"
            return f"({text})" if level <= around else text


def value_of(node, names):
    match node:
        case Number(value):
            return value
        case Name(name):
            return names[name]
        case Operation(operator, left, right):
            return OPERATORS[operator][1](value_of(left, names), value_of(right, names))


def parse(text):
    parser = Parser(text)
    tree = parser.sum(0)
    parser.take("end")
    return tree


def main(arguments):
    names = {}
    for name, is_name, text in (argument.partition("=") for argument in arguments):
        if is_name:
            names[name] = value_of(parse(text), names)
    for text in (argument for argument in arguments if "=" not in argument):
        tree = simplified(parse(text))
        print(f"{shown(tree)} = {value_of(tree, names)}")


main(sys.argv[1:] or ["x=7/2", "1/3 + 1/6", "2 * (x + 0) * 1", "(x - 1) * (x + 1) / 4"])
