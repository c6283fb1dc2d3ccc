# Unclosed and mismatched brackets, unterminated strings: message and position.
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("(", ")", "[", "]", "{", "}", "(]", "[)", "{)", "(1, 2", "x = (1,\n2\n", "x = [1,\n2)\n", "f(1, 2\ng()", "print((1)", "print(1))", "a = {1: 2", "'abc", '"abc', "'''abc", '"""abc\ndef', "x = 'it's'", "'a\nb'", "b'abc", "r'abc\\", "f(a, 'b)", "x = '", "'\\", "(\n[\n{", "([{}])]", "x[1", "x[1)", "def f(:", "def f(a, b:\n pass", "if (x:\n pass", "[1, 2\nx = 3", "foo(a b)", "{'a' 1}", "{'a': 1 'b': 2}", "{'a': }", "{1:2, 3}", "{1, 2: 3}", "{:}", "{,}", "[,]", "(,)", "f(,)", "[1,,2]", "f(1,,2)"):
    syn(s)
