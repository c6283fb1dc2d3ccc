"""Random Python programs that end and print the same on every implementation.

A program is a list of snippets. Each snippet is a function of its own, called under a try that prints the exception's type and message,
so that one snippet's error does not hide the next. Nothing printed depends on addresses, time or the order of unseeded hashes.
Expressions are made with a wanted type in mind, most of the time; now and then another type is put in, for the error paths.
"""

import random
import warnings

PRELUDE = '''\
def show(*values):
    for v in values:
        print(type(v).__name__, end=' ')
        try:
            text = repr(v)
        except Exception as e:
            text = type(e).__name__
        print(text if len(text) < 400 and ' at 0x' not in text else len(text))
def power(a, b):
    return a ** (b % 6 if isinstance(b, int) and not isinstance(b, bool) else b) if not isinstance(a, int) or abs(a) < 1 << 64 else a
def shift(a, b):
    return a << (b % 70 if isinstance(b, int) else b) if not isinstance(a, int) or abs(a) < 1 << 200 else a
def times(a, b):
    if isinstance(a, (str, bytes, list, tuple)) and isinstance(b, int):
        return a * (b % 4) if len(a) < 200 else a
    if isinstance(b, (str, bytes, list, tuple)) and isinstance(a, int):
        return (a % 4) * b if len(b) < 200 else b
    return a * b if not isinstance(a, int) or not isinstance(b, int) or abs(a) < 1 << 300 else a
def limited(it, n=12):
    out = []
    for x in it:
        out.append(x)
        if len(out) >= n:
            break
    return out
class Context:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print('enter', self.name)
        return self
    def __exit__(self, kind, value, trace):
        print('exit', self.name, kind.__name__ if kind else None)
        return self.swallow
def run_snippet(f):
    try:
        f()
    except RecursionError:
        print('RecursionError')
    except Exception as e:
        print('raised', type(e).__name__, str(e)[:300])
'''

TYPES = ("int", "float", "str", "bool", "list", "tuple", "dict", "set", "bytes", "none", "complex", "any")
STR_METHODS = ["upper()", "lower()", "title()", "capitalize()", "swapcase()", "strip()", "lstrip('a')", "rstrip()", "split()",
               "split(',')", "rsplit(None, 1)", "splitlines()", "partition('b')", "rpartition('a')", "isdigit()", "isalpha()",
               "isalnum()", "isspace()", "isidentifier()", "casefold()", "encode()", "zfill({int})", "center({small})",
               "ljust({small}, '*')", "rjust({small})", "find({str})", "rfind({str})", "index({str})", "count({str})",
               "startswith({str})", "endswith(({str}, {str}))", "replace({str}, {str})", "replace({str}, {str}, {small})",
               "join([{str}, {str}])", "expandtabs({small})", "removeprefix({str})", "removesuffix({str})",
               "translate({{97: 'X', 98: None}})", "format({any}, {any})", "isprintable()", "isupper()", "istitle()"]
LIST_METHODS = ["append({any})", "extend({list})", "insert({small}, {any})", "pop()", "pop({small})", "index({int})", "count({int})",
                "reverse()", "sort()", "sort(key=repr)", "sort(key=str, reverse=True)", "copy()", "clear()", "remove({int})"]
DICT_METHODS = ["get({any})", "get({any}, {any})", "keys()", "values()", "items()", "pop({any}, {any})", "setdefault({any}, {any})",
                "update({dict})", "copy()", "popitem()", "clear()"]
SET_METHODS = ["add({hashable})", "discard({hashable})", "union({list})", "intersection({list})", "difference({set})",
               "symmetric_difference({set})", "issubset({set})", "issuperset({list})", "isdisjoint({set})", "copy()", "update({set})",
               "remove({hashable})", "difference_update({set})", "intersection_update({list})"]
INT_METHODS = ["bit_length()", "bit_count()", "to_bytes(16, 'big', signed=True)", "to_bytes({small}, 'little')", "as_integer_ratio()",
               "conjugate()", "is_integer()", "__floordiv__({int})", "__divmod__({any})", "real", "denominator"]
FLOAT_METHODS = ["is_integer()", "hex()", "as_integer_ratio()", "__round__({small})", "conjugate()", "__floor__()", "__trunc__()"]
BYTES_METHODS = ["hex()", "decode('latin-1')", "decode()", "upper()", "split(b'a')", "find({bytes})", "find({int})", "replace({bytes}, {bytes})",
                 "startswith({bytes})", "strip()", "count({bytes})", "join([{bytes}, {bytes}])", "zfill({small})", "isalpha()",
                 "partition({bytes})", "title()", "center({small})", "translate(None, b'ab')"]
SPECS = ["", "d", "5", "<5", ">8", "^9", "08", "+", ",", "_", "x", "#x", "o", "b", "e", ".2e", "f", ".3f", "g", ".0f", "%", "s", ".2",
         "*^12", "=+8", "n", "c", "#b", "-10", " d", "010.2f", ".1%", "z.1f"]
BINARY = ["+", "-", "*", "/", "//", "%", "&", "|", "^", ">>", "<<", "**", "@"]
COMPARE = ["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"]
EXCEPTIONS = ["ValueError", "TypeError", "KeyError", "IndexError", "ZeroDivisionError", "AttributeError", "Exception", "LookupError",
              "ArithmeticError", "RuntimeError", "StopIteration", "OSError", "NameError", "UnboundLocalError", "AssertionError"]
WORDS = ["", "a", "b", "ab", "abc", "Hello", "x,y,z", "  pad ", "line\\nbreak", "tab\\t", "0", "12", "-7", "3.5", "é", "ß", "日本", "𝄞x", "aAbB",
         "a b c", "%s", "{}", "{0!r:>5}", "nan", "1_000", "İ", "\\x00", "ǆ"]
INTS = ["0", "1", "-1", "2", "3", "5", "7", "10", "-3", "255", "256", "1000", "-128", "2**31", "2**61", "-2**61", "2**62 - 1", "2**63", "2**64 + 1",
        "-2**63", "10**20", "123456789", "True", "False", "0x7fff"]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "2.5", "0.1", "1e10", "1e-10", "1e300", "-1e300", "float('inf')", "float('nan')", "1e22", "123456.789", "3.0",
          "5e-324", "1.7976931348623157e308", "0.5", "1e16", "1e-300"]
BUILTINS = ["len({any})", "abs({num})", "sum({list})", "sum([{num}, {num}])", "min({list})", "max({any}, {any})", "sorted({any})", "sorted({list}, key=str)",
            "reversed({list})", "list({any})", "tuple({any})", "set({list})", "frozenset({list})", "dict([({hashable}, {any})])", "str({any})", "repr({any})",
            "ascii({str})", "int({any})", "int({str}, {small})", "float({any})", "bool({any})", "complex({num}, {num})", "bytes({any})", "bytearray({bytes})",
            "chr({int})", "ord({str})", "hex({int})", "oct({int})", "bin({int})", "round({num})", "round({num}, {small})", "divmod({num}, {num})",
            "pow({small}, {small}, {int})", "hash({num})", "isinstance({any}, ({type}, {type}))", "issubclass({type}, {type})", "callable({any})",
            "list(map({func1}, {list}))", "list(filter({func1}, {list}))", "list(zip({list}, {any}))", "list(zip({list}, {list}, strict=True))", "list(enumerate({any}, {small}))",
            "all({list})", "any({list})", "list(range({small}, {small}, {small}))", "range({int}, {int}, {small})", "slice({any}, {any}, {any})", "format({any}, {spec})",
            "getattr({any}, {str}, {any})", "type({any}).__name__", "iter({any})", "next(iter({any}), {any})", "list({any}).__len__()",
            "memoryview({bytes})[{slice}].tolist()", "vars({any})", "str({bytes}, 'utf-8')", "int.from_bytes({bytes}, 'big')", "float.fromhex('0x1.8p3')",
            "dict.fromkeys({any}, {any})", "str.maketrans({str}, {str})", "bytes.fromhex('00ff {small}')", "print({any}, {any}, sep={str})", "list(reversed({any}))",
            "dict(a={any}, **{dict})", "max({list}, key={func1}, default={any})", "eval('{small} + {small}')"]


def is_valid(lines):
    """Whether the text is Python at all: what the grammar here cannot exclude (a name both a parameter and nonlocal, ...)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile("\n".join(lines), "program", "exec")
    except SyntaxError:
        return False
    return True


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.depth = 0
        self.names = []      # variables of the function being written, that may be set
        self.functions = []  # (name, number of arguments)
        self.classes = []
        self.counter = 0
        self.in_loop = self.in_function = self.in_generator = False
        self.walrus = True  # may a := stand here?

    def name(self, prefix="v"):
        self.counter += 1
        return f"{prefix}{self.counter}"

    def pick(self, items):
        return self.r.choice(items)

    def chance(self, p):
        return self.r.random() < p

    # --- Expressions

    def fill(self, text):
        """Puts expressions where the text has {kind}."""
        out, i = "", 0
        while i < len(text):
            if text.startswith("{{", i):
                out, i = out + "{", i + 2
            elif text.startswith("}}", i):
                out, i = out + "}", i + 2
            elif text[i] == "{":
                end = text.index("}", i)
                out, i = out + self.expr(text[i + 1:end]), end + 1
            else:
                out, i = out + text[i], i + 1
        return out

    def atom(self, kind):
        r = self.r
        if self.names and self.chance(0.35):
            return self.pick(self.names)
        if kind == "int":
            return self.pick(INTS) if self.chance(0.6) else str(r.randint(-50, 50))
        if kind == "small":
            return str(r.randint(-6, 12))
        if kind == "float":
            return self.pick(FLOATS) if self.chance(0.7) else repr(r.uniform(-100, 100))
        if kind == "num":
            return self.atom(self.pick(("int", "float", "bool", "int", "complex")))
        if kind == "str":
            return "'" + self.pick(WORDS) + "'"
        if kind == "bool":
            return self.pick(("True", "False"))
        if kind == "bytes":
            return self.pick(("b''", "b'abc'", "b'a\\xff'", "b'\\x00'", "b'hello world'", "bytes(3)", "bytearray(b'xyz')"))
        if kind == "none":
            return "None"
        if kind == "complex":
            return self.pick(("1j", "0j", "(1+2j)", "-2.5j", "complex('nan')"))
        if kind == "hashable":
            return self.atom(self.pick(("int", "str", "float", "bool", "bytes", "none")))
        if kind == "type":
            return self.pick(("int", "str", "list", "dict", "object", "bool", "float", "tuple", "type", "Exception", "ValueError"))
        if kind == "spec":
            return repr(self.pick(SPECS))
        if kind == "func1":
            return self.pick(("str", "repr", "abs", "len", "bool", "int", "float", "type", "lambda x: x", "lambda x: [x]", "lambda x: x * 2", "None"))
        if kind == "slice":
            part = lambda: self.pick(("", str(r.randint(-6, 8))))
            return part() + ":" + part() + (":" + self.pick(("1", "2", "-1", "-2", "", "3")) if self.chance(0.4) else "")
        if kind == "list":
            return "[]"
        if kind == "tuple":
            return "()"
        if kind == "dict":
            return "{}"
        if kind == "set":
            return "set()"
        return self.atom(self.pick(TYPES[:-1]))

    def iterable(self, kind):
        """What a comprehension goes over: no := may stand in it."""
        kept, self.walrus = self.walrus, False
        try:
            return self.expr(kind)
        finally:
            self.walrus = kept

    def expr(self, kind="any"):
        if kind in ("small", "spec", "slice", "type", "hashable"):
            return self.atom(kind)
        if self.chance(0.06):
            kind = self.pick(TYPES)
        if self.depth > 3 or self.chance(0.25):
            return self.atom(kind)
        self.depth += 1
        try:
            return self.compound(kind)
        finally:
            self.depth -= 1

    def compound(self, kind):
        r = self.r
        if self.chance(0.12):
            return f"({self.expr(kind)} if {self.expr('bool')} else {self.expr(kind)})"
        if self.chance(0.05):
            return f"({self.expr(kind)} {self.pick(('and', 'or'))} {self.expr(kind)})"
        if self.chance(0.03) and self.in_function and self.walrus:
            name = self.name()
            text = f"({name} := {self.expr(kind)})"
            self.names.append(name)
            return text
        if self.functions and self.chance(0.1):
            return self.call()
        if self.classes and self.chance(0.08):
            return self.instance()
        if kind in ("num", "int", "float", "complex"):
            return self.number(kind)
        if kind == "str":
            return self.string()
        if kind == "bool":
            how = r.randrange(5)
            if how == 0:
                return f"(not {self.expr('any')})"
            if how == 1:
                return f"({self.expr('int')} {self.pick(COMPARE[:6])} {self.expr('int')} {self.pick(COMPARE[:6])} {self.expr('float')})"
            if how == 2:
                return f"({self.expr('any')} {self.pick(('in', 'not in'))} {self.expr(self.pick(('list', 'dict', 'set', 'str')))})"
            return f"({self.expr('any')} {self.pick(COMPARE[:6])} {self.expr('any')})"
        if kind == "list":
            how = r.randrange(7)
            if how == 0:
                return "[" + ", ".join(("*" if self.chance(0.15) else "") + self.expr("any") for _ in range(r.randrange(5))) + "]"
            if how == 1:
                return self.comprehension("[", "]")
            if how == 2:
                return f"{self.expr('list')}[{self.atom('slice')}]"
            if how == 3:
                return f"times({self.expr('list')}, {self.atom('small')})"
            if how == 4:
                return f"({self.expr('list')} + {self.expr('list')})"
            if how == 5:
                return f"sorted({self.expr(self.pick(('list', 'str', 'set', 'dict')))}, key=repr)"
            return "[" + ", ".join(self.expr("int") for _ in range(r.randrange(6))) + "]"
        if kind == "tuple":
            if self.chance(0.3):
                return f"tuple({self.expr('list')})"
            return "(" + "".join(self.expr("any") + ", " for _ in range(r.randrange(4))) + ")"
        if kind == "dict":
            if self.chance(0.3):
                var = self.name("k")
                return f"{{{var}: {self.expr('any')} for {var} in {self.iterable('list')}}}"
            return "{" + ", ".join("**" + self.expr("dict") if self.chance(0.1) else f"{self.expr('hashable')}: {self.expr('any')}"
                                   for _ in range(r.randrange(4))) + "}"
        if kind == "set":
            if self.chance(0.3):
                return self.comprehension("{", "}")
            if self.chance(0.4):
                return f"({self.expr('set')} {self.pick('|&-^')} {self.expr('set')})"
            return "{" + ", ".join(self.atom("int") for _ in range(r.randrange(1, 5))) + "}"
        if kind == "bytes":
            how = r.randrange(3)
            if how == 0:
                return f"({self.expr('bytes')} + {self.expr('bytes')})"
            if how == 1:
                return f"{self.expr('bytes')}[{self.atom('slice')}]"
            return f"{self.expr('str')}.encode('utf-8', 'replace')"
        if kind == "func1":
            name = self.name("p")
            self.names.append(name)
            body = self.expr("any")
            self.names.remove(name)
            return f"(lambda {name}: {body})"
        if kind == "none":
            return f"{self.expr('list')}.{self.fill(self.pick(LIST_METHODS))}"
        how = r.randrange(6)
        if how <= 1:
            return self.fill(self.pick(BUILTINS))
        if how == 2:
            return self.method()
        if how == 3:
            return f"{self.expr(self.pick(('list', 'str', 'tuple', 'bytes')))}[{self.pick((self.atom('small'), self.atom('slice')))}]"
        if how == 4:
            return f"{self.expr('dict')}[{self.expr('hashable')}]"
        return self.binary(self.pick(TYPES), self.pick(TYPES))

    def binary(self, a, b):
        op = self.pick(BINARY)
        if op in ("**", "<<", "*"):
            return f"{ {'**': 'power', '<<': 'shift', '*': 'times'}[op]}({self.expr(a)}, {self.expr(b)})"
        return f"({self.expr(a)} {op} {self.expr(b)})"

    def number(self, kind):
        how = self.r.randrange(8)
        if how == 0:
            return f"({self.pick('-+~' if kind == 'int' else '-+')}{self.expr(kind)})"
        if how == 1:
            return f"{self.pick(('len', 'abs', 'int', 'round', 'float', 'sum'))}({self.expr(self.pick(('list', 'int', 'float', 'str')))})"
        if how == 2 and kind != "complex":
            method = self.fill(self.pick(INT_METHODS if kind == "int" else FLOAT_METHODS))
            return f"({self.expr(kind)}).{method}"
        return self.binary(kind if kind != "num" else self.pick(("int", "float")), self.pick((kind, "int", "num")))

    def string(self):
        how = self.r.randrange(7)
        if how == 0:
            return f"({self.expr('str')} + {self.expr('str')})"
        if how == 1:
            return f"{self.expr('str')}[{self.atom('slice')}]"
        if how == 2:
            parts = ""
            for _ in range(self.r.randrange(1, 4)):
                inner = self.atom(self.pick(TYPES)).replace("{", "").replace("}", "")
                if not inner.strip() or "lambda" in inner or "\\" in inner:
                    inner = "1"
                parts += self.pick(("", "x=", "{{", " ")) + "{" + inner + self.pick(("", "!r", "!s", "=", "!a"))
                parts += (":" + self.pick(SPECS) if self.chance(0.5) else "") + "}"
            return 'f"' + parts.replace("{{", "{{") + '"'
        if how == 3:
            return f"({self.pick(['%s', '%r|%s', '%5d', '%-8s|', '%.3f', '%x', '%(a)s', '%%', '%c', '%+05d', '%e', '%*d'])!r} % {self.pick((self.expr('any'), self.expr('tuple')))})"
        if how == 4:
            return f"{self.expr('str')}.{self.fill(self.pick(STR_METHODS))}"
        if how == 5:
            return f"{self.pick(('str', 'repr', 'ascii'))}({self.expr('any')})"
        return f"'{self.pick(('{}', '{0}{1}', '{!r:>10}', '{:{}}', '{a}', '{0[0]}', '{0.real}', '{:,}', '{:>5}|{:<5}'))}'.format({self.expr('any')}, {self.expr('any')})"

    def method(self):
        kind, methods = self.pick((("str", STR_METHODS), ("list", LIST_METHODS), ("dict", DICT_METHODS), ("set", SET_METHODS),
                                   ("int", INT_METHODS), ("float", FLOAT_METHODS), ("bytes", BYTES_METHODS)))
        return f"({self.expr(kind)}).{self.fill(self.pick(methods))}"

    def comprehension(self, opening, closing):
        var = self.name("c")
        source = self.iterable(self.pick(("list", "tuple", "str", "any")))
        kept, self.walrus = self.walrus, False  # its name would be the comprehension's in some places
        self.names.append(var)
        body = self.expr("int" if opening == "{" else "any")
        condition = f" if {self.expr('any')}" if self.chance(0.3) else ""
        more = ""
        if self.chance(0.2):
            inner = self.name("c")
            more = f" for {inner} in {self.expr('list')}"
        self.walrus = kept
        self.names.remove(var)
        return f"{opening}{body} for {var} in limited({source}){more}{condition}{closing}"

    def call(self):
        name, n = self.pick(self.functions)
        count = n if self.chance(0.85) else max(0, n + self.pick((-1, 1)))
        arguments = [self.expr("any") for _ in range(count)]
        if arguments and self.chance(0.15):
            arguments[-1] = "*" + self.expr("list")
        if self.chance(0.1):
            arguments.append(f"{self.pick(('a', 'b', 'k', 'z'))}={self.expr('any')}")
        if self.chance(0.05):
            arguments.append("**" + self.expr("dict"))
        return f"{name}({', '.join(arguments)})"

    def instance(self):
        made = f"{self.pick(self.classes)}({self.expr('any')})"
        how = self.r.randrange(7)
        if how == 0:
            return made + "." + self.pick(("x", "m()", "prop", "s()", "c()", "missing", "m(1)", "__class__.__name__", "__dict__"))
        if how == 1:
            return f"({made} {self.pick(BINARY[:7] + COMPARE[:6])} {self.expr('any')})"
        if how == 2:
            return f"{self.pick(('len', 'bool', 'int', 'str', 'repr', 'iter', 'list', 'abs', 'float', 'next', 'sorted'))}({made})"
        if how == 3:
            return f"{made}[{self.expr('any')}]"
        if how == 4:
            return f"({self.expr('any')} {self.pick(BINARY[:3] + COMPARE[:6])} {made})"
        if how == 5:
            return f"({self.expr('any')} in {made})"
        return made

    # --- Statements

    def block(self, indent, n=None):
        lines = []
        for _ in range(n or self.r.randrange(1, 4)):
            lines += self.statement(indent)
        return lines or [indent + "pass"]

    def statement(self, indent):
        nested = len(indent) // 4
        how = self.r.random()
        if nested > 3 or how < 0.3 + 0.15 * nested:
            return self.simple(indent)
        deeper = indent + "    "
        kind = self.pick(("if", "for", "while", "try", "with", "match", "def", "class", "gen", "finally", "for", "try", "unpack", "nonlocal", "group"))
        before = len(self.names)
        if kind == "if":
            lines = [indent + f"if {self.expr('bool')}:"] + self.block(deeper)
            if self.chance(0.3):
                lines += [indent + f"elif {self.expr('any')}:"] + self.block(deeper)
            if self.chance(0.5):
                lines += [indent + "else:"] + self.block(deeper)
            return lines
        if kind == "for":
            var = self.name("i")
            lines = [indent + f"for {var} in limited({self.expr(self.pick(('list', 'any', 'str', 'dict')))}, 5):"]
            self.names.append(var)
            outer, self.in_loop = self.in_loop, True
            lines += self.block(deeper)
            self.in_loop = outer
            if self.chance(0.2):
                lines += [indent + "else:"] + self.block(deeper, 1)
            return lines
        if kind == "while":
            var = self.name("n")
            lines = [indent + f"{var} = {self.r.randrange(1, 5)}", indent + f"while {var} > 0:", deeper + f"{var} -= 1"]
            self.names.append(var)
            outer, self.in_loop = self.in_loop, True
            body = self.block(deeper)
            self.in_loop = outer
            # The counter must go on counting down whatever the body does to it.
            guard = self.name("g")
            lines.insert(0, indent + f"{guard} = 0")
            lines += [deeper + f"{guard} += 1", deeper + f"if {guard} > 6: break"] + body
            return lines
        if kind in ("try", "finally"):
            lines = [indent + "try:"] + self.block(deeper)
            if kind == "try" or self.chance(0.3):
                name = self.name("e")
                lines += [indent + f"except ({self.pick(EXCEPTIONS)}, {self.pick(EXCEPTIONS)}) as {name}:", deeper + f"print('caught', type({name}).__name__, str({name})[:200])"]
                lines += self.block(deeper, 1)
                if self.chance(0.3):
                    lines += [indent + "except Exception:"] + self.block(deeper, 1)
                if self.chance(0.3):
                    lines += [indent + "else:"] + self.block(deeper, 1)
            else:
                lines += [indent + "finally:", deeper + "print('finally')"] + self.block(deeper, 1)
            return lines
        if kind == "group":
            lines = [indent + "try:", deeper + f"raise ExceptionGroup('g', [{self.pick(EXCEPTIONS)}(1), ExceptionGroup('h', [{self.pick(EXCEPTIONS)}('x'), ValueError(2)])])",
                     indent + f"except* {self.pick(EXCEPTIONS)} as eg:", deeper + "show(eg)", indent + "except* Exception as eg:", deeper + "show(eg, eg.exceptions)"]
            return lines
        if kind == "with":
            name = self.name("w")
            text = f"with Context({self.atom('str')}, {self.atom('bool')}) as {name}"
            if self.chance(0.2):
                text += f", Context({self.expr('str')})"
            return [indent + text + ":"] + self.block(deeper)
        if kind == "match":
            lines = [indent + f"match {self.expr('any')}:"]
            for _ in range(self.r.randrange(1, 4)):
                lines += [deeper + f"case {self.pattern()}{' if ' + self.expr('bool') if self.chance(0.2) else ''}:"] + self.block(deeper + "    ", 1)
                del self.names[before:]
            lines += [deeper + "case _:"] + self.block(deeper + "    ", 1)
            return lines
        if kind == "unpack":
            names = [self.name() for _ in range(self.r.randrange(1, 4))]
            star = self.r.randrange(len(names)) if self.chance(0.5) else -1
            target = ", ".join(("*" if i == star else "") + n for i, n in enumerate(names)) + ","
            lines = [indent + f"{target} = {self.expr(self.pick(('list', 'tuple', 'str', 'any')))}"]
            self.names += names
            return lines
        if kind == "nonlocal" and self.in_function:
            outer, inner = self.name(), self.name("f")
            lines = [indent + f"{outer} = {self.expr('int')}", indent + f"def {inner}(d=1):", deeper + f"nonlocal {outer}",
                     deeper + f"{outer} = {self.expr('int')}", deeper + f"return {outer}"]
            if self.chance(0.4):
                lines.insert(4, deeper + f"del {outer}")
            lines += [indent + f"show({inner}())", indent + f"show({outer})"]
            self.names.append(outer)
            return lines
        if kind == "class":
            return self.class_statement(indent)
        if kind == "gen":
            return self.generator(indent)
        return self.function(indent)

    def pattern(self, depth=0):
        how = self.r.randrange(9 if depth < 2 else 4)
        if how == 0:
            return self.pick(("0", "1", "'a'", "None", "True", "-1", "2.5", "b'abc'", "1j", "-1+2j"))
        if how in (1, 2):
            # Alone, these match whatever there is, and nothing may come after them.
            return "0" if depth == 0 else "_" if self.chance(0.5) else self.name("m")
        if how == 3:
            return self.pick(("int()", "str()", "list()", "dict()", "float(x)", "tuple([_, *_])", "bool()", "object(real=0)"))
        if how == 4:
            return "[" + ", ".join(self.pattern(depth + 1) for _ in range(self.r.randrange(3))) + self.pick(("", "")) + "]"
        if how == 5:
            return f"[{self.pattern(depth + 1)}, *{self.pick(('_', self.name('m')))}]"
        if how == 6:
            return "{" + f"{self.pick(('0', '1', chr(39) + 'a' + chr(39)))}: {self.pattern(depth + 1)}" + self.pick(("", f", **{self.name('m')}")) + "}"
        if how == 7:
            return f"({self.pick(('0', '1', 'None'))} | {self.pick(('2', 'str()', '[]'))})"
        return f"({self.pick(('int()', 'str()', '[_]', '0 | 1'))} as {self.name('m')})"

    def simple(self, indent):
        how = self.r.random()
        if how < 0.35:
            return [indent + f"show({self.expr('any')})"]
        if how < 0.65:
            name = self.pick(self.names) if self.names and self.chance(0.3) else self.name()
            kind = self.pick(TYPES)
            line = indent + f"{name} = {self.expr(kind)}"
            if name not in self.names:
                self.names.append(name)
            return [line]
        if how < 0.73 and self.names:
            op = self.pick(("+", "-", "//", "%", "&", "|", "^", ">>", "/"))
            return [indent + f"{self.pick(self.names)} {op}= {self.expr(self.pick(('int', 'list', 'str', 'any')))}"]
        if how < 0.78 and self.names:
            return [indent + f"{self.pick(self.names)}[{self.pick((self.atom('slice'), self.expr('hashable'), self.atom('small')))}] = {self.expr('any')}"]
        if how < 0.81 and self.names:
            return [indent + f"del {self.pick(self.names)}" + self.pick(("", f"[{self.atom('small')}]", f"[{self.atom('slice')}]"))]
        if how < 0.84:
            return [indent + f"raise {self.pick(EXCEPTIONS)}({self.expr('any')})" + (f" from {self.pick(EXCEPTIONS)}(1)" if self.chance(0.2) else "")]
        if how < 0.87:
            return [indent + f"assert {self.expr('bool')}, {self.expr('str')}"]
        if how < 0.9 and self.in_loop:
            return [indent + f"if {self.expr('bool')}: {self.pick(('break', 'continue'))}"]
        if how < 0.93 and self.in_function and not self.in_generator:
            return [indent + f"if {self.expr('bool')}: return {self.expr('any')}"]
        return [indent + self.method()]

    def scoped(self, parameters, body):
        """Writes a body with names of its own."""
        kept = (self.names, self.in_loop, self.in_function, self.in_generator)
        self.names, self.in_loop, self.in_function, self.in_generator = list(parameters) + self.names[:3], False, True, False
        try:
            return body()
        finally:
            self.names, self.in_loop, self.in_function, self.in_generator = kept

    def function(self, indent):
        name, deeper = self.name("f"), indent + "    "
        n = self.r.randrange(4)
        plain = [f"a{i}" for i in range(n)]
        texts = [p + (f"={self.atom('any')}" if i >= n - 1 and self.chance(0.3) else "") for i, p in enumerate(plain)]
        if n > 1 and self.chance(0.15):
            texts.insert(1, "/")
        extra = []
        if self.chance(0.25):
            texts.append("*args")
            extra.append("args")
        if self.chance(0.2):
            if "*args" not in texts:
                texts.append("*")
            texts.append(f"k={self.atom('any')}")
            extra.append("k")
        if self.chance(0.15):
            texts.append("**kw")
            extra.append("kw")

        def body():
            return self.block(deeper) + [deeper + f"return {self.expr('any')}"]

        lines = [indent + f"def {name}({', '.join(texts)}):"] + self.scoped(plain + extra, body)
        self.functions.append((name, n))
        call = [indent + f"show({self.call()})"]
        if indent:
            self.functions.pop()  # known in its own function only; called here at once
            call = [indent + f"show({name}({', '.join(self.expr('any') for _ in range(n))}))"]
        return lines + call

    def generator(self, indent):
        name, deeper = self.name("f"), indent + "    "

        def body():
            self.in_generator = True
            lines = self.block(deeper, 1)
            sent = self.name()
            lines += [deeper + f"{sent} = yield {self.expr('any')}"]
            self.names.append(sent)
            lines += [deeper + "try:", deeper + f"    yield {self.expr('any')}", deeper + f"except {self.pick(EXCEPTIONS)} as e:", deeper + "    print('in generator', type(e).__name__)",
                      deeper + f"    yield {self.expr('any')}", deeper + "finally:", deeper + "    print('closing')"]
            if self.chance(0.5):
                lines += [deeper + f"show((yield from limited({self.expr('any')}, 3)))"]
            return lines + [deeper + f"return {self.expr('any')}"]

        lines = [indent + f"def {name}(a0):"] + self.scoped(["a0"], body)
        it = self.name()
        lines += [indent + f"{it} = {name}({self.expr('any')})", indent + "try:"]
        for _ in range(self.r.randrange(1, 5)):
            lines.append(indent + "    " + self.pick((f"show(next({it}))", f"show({it}.send({self.expr('any')}))", f"show({it}.throw({self.pick(EXCEPTIONS)}({self.atom('str')})))",
                                                      f"show(limited({it}))", f"{it}.close()", f"show(next({it}, 'end'))")))
        # Closed here: left alone, the generator would be closed when the implementation finds that nobody holds it.
        return lines + [indent + "except StopIteration as e:", indent + "    show(e.value)", indent + "finally:", indent + f"    {it}.close()"]

    def class_statement(self, indent):
        name, deeper, deepest = self.name("C"), indent + "    ", indent + "        "
        base = self.pick(self.classes + ["object", "list", "dict", "int", "str", "Exception"]) if self.chance(0.3) else ""
        lines = [indent + f"class {name}({base}):" if base else indent + f"class {name}:"]
        if self.chance(0.15) and not base:
            lines.append(deeper + "__slots__ = ('x',)")
        if not base or base in self.classes:
            lines += [deeper + "def __init__(self, x=0):", deepest + "self.x = x"]

        def method(head, parameters):
            def body():
                return (self.block(deepest, 1) if self.chance(0.4) else []) + [deepest + f"return {self.expr(self.pick(('any', 'int', 'str', 'bool')))}"]
            return [deeper + head] + self.scoped(parameters, body)

        lines += method("def m(self, a=1):", ["self", "a"])
        for dunder in self.r.sample(["__len__(self)", "__bool__(self)", "__eq__(self, o)", "__lt__(self, o)", "__add__(self, o)", "__radd__(self, o)", "__getitem__(self, o)",
                                     "__contains__(self, o)", "__iter__(self)", "__call__(self, *a)", "__str__(self)", "__repr__(self)", "__hash__(self)", "__getattr__(self, o)",
                                     "__int__(self)", "__index__(self)", "__format__(self, o)", "__mul__(self, o)", "__sub__(self, o)", "__neg__(self)", "__next__(self)",
                                     "__setitem__(self, o, v)", "__enter__(self)", "__reversed__(self)", "__iadd__(self, o)", "__missing__(self, o)"], self.r.randrange(5)):
            if dunder.startswith("__getattr__"):
                lines += [deeper + "def __getattr__(self, o):", deepest + f"return {self.atom(self.pick(('str', 'int')))}"]
                continue
            if dunder.startswith(("__repr__", "__str__")) and self.chance(0.7):
                lines += [deeper + f"def {dunder}:", deepest + f"return {self.atom('str')}"]
                continue
            parameters = [p.strip(" *") for p in dunder[dunder.index("(") + 1:-1].split(",")]
            lines += method(f"def {dunder}:", parameters)
        if self.chance(0.3):
            lines += [deeper + "@property"] + method("def prop(self):", ["self"])
        if self.chance(0.2):
            lines += [deeper + "@staticmethod"] + method("def s():", [])
        if self.chance(0.2):
            lines += [deeper + "@classmethod"] + method("def c(cls):", ["cls"])
        shown = [indent + f"show(limited([{name}.__mro__[0].__name__]))"]
        if indent:
            self.classes.append(name)
            shown += [indent + f"show({self.instance()})", indent + f"show({self.instance()})"]
            self.classes.pop()
        else:
            self.classes.append(name)
        return lines + shown

    def snippet(self):
        self.names = []
        name = self.name("snippet")

        def body():
            return self.block("    ", self.r.randrange(2, 6))

        while True:
            lines = [f"def {name}():"] + self.scoped([], body) + [f"run_snippet({name})"]
            if is_valid(lines):
                return lines

    def top_level(self):
        """A function or class that the snippets after it use."""
        lines = self.function("") if self.chance(0.5) else self.class_statement("")
        head = [line for line in lines if line[:1] in (" ", "d", "c", "@") and not line.startswith("show")]
        return head if is_valid(head) else []

    def program(self, snippets=12):
        lines = PRELUDE.splitlines()
        for _ in range(snippets):
            if self.chance(0.35):
                lines += self.top_level()
            lines += self.snippet()
        return "\n".join(lines) + "\n"


def program(seed):
    return Generator(seed).program()


if __name__ == "__main__":
    import sys
    print(program(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
