"""Building text: s += t in a loop, join, list of parts, StringIO-like class, bytearray, reversal, wrapping."""


class Builder:
    def __init__(self):
        self.parts = []
        self.size = 0

    def add(self, text):
        self.parts.append(text)
        self.size += len(text)
        return self

    def result(self):
        return "".join(self.parts)


def by_addition(n):
    s = ""
    for i in range(n):
        s += "ab"
        if i % 7 == 0:
            s += str(i)
    return s


def by_prepending(n):
    s = ""
    for i in range(n):
        s = chr(97 + i % 26) + s
    return s


def by_builder(n):
    b = Builder()
    for i in range(n):
        b.add("<li>").add(str(i)).add("</li>\n")
    return b.result()


def by_bytes(n):
    data = bytearray()
    for i in range(n):
        data.append(i & 0x7F)
        data += b"xyz"
    return bytes(data)


def wrap(text, width):
    lines = []
    line = ""
    for word in text.split(" "):
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = line + " " + word if line else word
    lines.append(line)
    return "\n".join(lines)


a = max(by_addition(1_500 + i) for i in range(1_200))
b = max(by_prepending(4_000 + i) for i in range(60))
c = by_builder(800_000)
d = by_bytes(4_000_000)
e = wrap("lorem ipsum dolor sit amet consectetur " * 150_000, 72)
print(len(a), a[-12:], b[:10], len(c), c[-12:].strip(), len(d), sum(d[::97]), e.count("\n"), e[-30:].replace("\n", "/"))
