# Invalid assignment targets: message, position and hint.
# needs: 3.12
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("1 = x", "f() = 1", "a + b = 1", "-a = 1", "not a = 1", "a and b = 1", "a < b = 1", "a == b = 1", "'s' = 1", "b's' = 1", "f'{x}' = 1", "None = 1", "True = 1", "... = 1", "(a, 1) = 2", "[a, f()] = 2", "(a + b) = 1", "{} = 1", "{a} = 1", "{a: b} = 1", "[x for x in y] = 1", "(x for x in y) = 1", "{x for x in y} = 1", "lambda: 1 = 2", "a if b else c = 1", "await x = 1", "(yield) = 1", "def f(): (yield) = 1", "x = 1 = y", "x = f() = y", "a, b += 1", "[a] += 1", "f() += 1", "1 += 1", "None += 1", "a = b += c", "a += b = c", "a += b += c", "x = ", "= 1", "x == 1 = 2", "x =", "x = = 1", "for 1 in x: pass", "for f() in x: pass", "for x + y in z: pass", "for x, 1 in y: pass", "for None in x: pass", "for x in y = z: pass", "with a as 1: pass", "with a as f(): pass", "del f()", "import a.b = c", "x.1 = 2", "1.x = 2", "a.b() = 1", "a[0]() = 1", "*a = b", "a ? b = c", "if x = 1: pass", "while x = 1: pass", "if x.y = 1: pass", "f(a = 1 = 2)", "print(a.b = 1)", "f(1 = 2)", "f(a + b = 2)", "f(True = 1)", "f(None = 1)", "f((a) = 1)", "f('a' = 1)", "(a = 1)", "[a = 1]", "x = (a = 1)", "return = 1", "class = 1", "def = 1"):
    syn(s)
