"""A JSON encoder and decoder in plain Python: type dispatch, escapes, recursion, indexes into text."""

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def encode_string(text):
    out = ['"']
    for c in text:
        if c in ESCAPES:
            out.append(ESCAPES[c])
        elif c < " " or c > "~":
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    out.append('"')
    return "".join(out)


def encode(value, out):
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, str):
        out.append(encode_string(value))
    elif isinstance(value, (int, float)):
        out.append(repr(value))
    elif isinstance(value, (list, tuple)):
        out.append("[")
        for i, item in enumerate(value):
            if i:
                out.append(",")
            encode(item, out)
        out.append("]")
    elif isinstance(value, dict):
        out.append("{")
        first = True
        for key, item in value.items():
            if not first:
                out.append(",")
            first = False
            out.append(encode_string(key))
            out.append(":")
            encode(item, out)
        out.append("}")
    else:
        raise TypeError(type(value).__name__)


class Decoder:
    BACK = {"n": "\n", "r": "\r", "t": "\t"}
    WORDS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}

    def __init__(self, text):
        self.text = text
        self.at = 0

    def expect(self, c):
        if self.text[self.at] != c:
            raise ValueError(f"{c!r} expected at {self.at}")
        self.at += 1

    def value(self):
        c = self.text[self.at]
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return self.string()
        if c in self.WORDS:
            word, value = self.WORDS[c]
            self.at += len(word)
            return value
        return self.number()

    def object(self):
        result = {}
        self.at += 1
        while self.text[self.at] != "}":
            if result:
                self.expect(",")
            key = self.string()
            self.expect(":")
            result[key] = self.value()
        self.at += 1
        return result

    def array(self):
        result = []
        self.at += 1
        while self.text[self.at] != "]":
            if result:
                self.expect(",")
            result.append(self.value())
        self.at += 1
        return result

    def string(self):
        self.expect('"')
        parts = []
        text = self.text
        at = self.at
        while True:
            c = text[at]
            if c == '"':
                break
            if c == "\\":
                c = text[at + 1]
                at += 1
                if c == "u":
                    c = chr(int(text[at + 1:at + 5], 16))
                    at += 4
                else:
                    c = self.BACK.get(c, c)
            parts.append(c)
            at += 1
        self.at = at + 1
        return "".join(parts)

    def number(self):
        start = self.at
        text = self.text
        while self.at < len(text) and text[self.at] in "+-.eE0123456789":
            self.at += 1
        word = text[start:self.at]
        return float(word) if "." in word or "e" in word else int(word)


def record(i):
    return {"id": i, "name": f"user {i}", "tags": ["a", "b\n", "ž\"q\""], "active": i % 2 == 0,
            "score": i / 4, "parent": None if i % 3 else {"id": i // 3, "path": [i, i + 1, [i * 2]]}}


checksum = 0
for i in range(45_000):
    item = record(i)
    out = []
    encode(item, out)
    text = "".join(out)
    checksum = (checksum * 33 + len(text) + ord(text[-7])) % 1_000_000_007
    if Decoder(text).value() != item:
        raise SystemExit("the round trip failed")
print(checksum)
