"""A hand-written tokenizer and a recursive descent calculator over a generated source text."""

SYMBOLS = ("<=", ">=", "==", "!=", "**", "//", "+", "-", "*", "/", "%", "(", ")", "=", "<", ">", ",", ";")


def tokens(text):
    at = 0
    line = 1
    size = len(text)
    while at < size:
        c = text[at]
        if c == "\n":
            line += 1
            at += 1
        elif c == " ":
            at += 1
        elif c == "#":
            while at < size and text[at] != "\n":
                at += 1
        elif c.isdigit():
            start = at
            while at < size and (text[at].isdigit() or text[at] == "_"):
                at += 1
            yield "number", int(text[start:at]), line
        elif c.isalpha() or c == "_":
            start = at
            while at < size and (text[at].isalnum() or text[at] == "_"):
                at += 1
            yield "name", text[start:at], line
        else:
            for symbol in SYMBOLS:
                if text.startswith(symbol, at):
                    at += len(symbol)
                    yield "symbol", symbol, line
                    break
            else:
                raise SyntaxError(f"line {line}: {c!r}")
    yield "end", "", line


class Calculator:
    LEVELS = {"<": 1, ">": 1, "+": 2, "-": 2, "*": 3, "%": 3}

    def __init__(self, text):
        self.stream = tokens(text)
        self.names = {}
        self.count = 0
        self.advance()

    def advance(self):
        self.kind, self.value, self.line = next(self.stream)
        self.count += 1

    def take(self, symbol):
        if self.kind == "symbol" and self.value == symbol:
            self.advance()
            return True
        return False

    def run(self):
        while self.kind != "end":
            name = self.value
            self.advance()
            if not self.take("="):
                raise SyntaxError(f"line {self.line}: '=' expected")
            self.names[name] = self.expression(1) % 1_000_003
            self.take(";")
        return self.names

    def expression(self, level):
        left = self.atom()
        while self.kind == "symbol" and self.LEVELS.get(self.value, 0) >= level:
            op = self.value
            self.advance()
            right = self.expression(self.LEVELS[op] + 1)
            if op == "+":
                left += right
            elif op == "-":
                left -= right
            elif op == "*":
                left *= right
            elif op == "%":
                left = left % right if right else 0
            elif op == "<":
                left = int(left < right)
            else:
                left = int(left > right)
        return left

    def atom(self):
        kind, value = self.kind, self.value
        self.advance()
        if kind == "number":
            return value
        if kind == "name":
            return self.names.get(value, 1)
        if value == "-":
            return -self.atom()
        if value == "(":
            inner = self.expression(1)
            if not self.take(")"):
                raise SyntaxError(f"line {self.line}: ')' expected")
            return inner
        raise SyntaxError(f"line {self.line}: {value!r}")


def make_source(lines):
    out = []
    for i in range(lines):
        out.append(f"v{i % 97} = (v{(i * 7) % 97} + {i}) * {i % 13} - -v{(i + 5) % 97} % 1_009;  # line {i}")
        if i % 3 == 0:
            out.append(f"flag_{i % 11} = {i} < 500 + v{i % 50} * (2 + 3 * (4 - {i % 6}))")
    return "\n".join(out)


calculator = Calculator(make_source(42_000))
names = calculator.run()
print(calculator.count, calculator.line, len(names), sum(names.values()))
