# Errors inside expressions and displays: commas, comprehension, subscripts, ternaries.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("[x for x in]", "[for x in y]", "[x for in y]", "[x for x y]", "[x for x in y if]", "[x if y for x in z]", "[x, y for x in z]", "{x: y for x in z, w}", "{x for x, in y}", "[x for x in y z]", "{**x for x in y}", "[*x for x in y]", "(*x)", "*x", "(*x, y)", "print(*x)", "{*x}", "{**x}", "[**x]", "(**x)", "{**x, *y}", "{*x, **y}", "{x: *y}", "{*x: y}", "{x: **y}", "x[]", "x[1:2:3:4]", "x[*a]", "x[*a:b]", "x[a:=1]", "x[**a]", "x[a=1]", "x[1 2]", "x[,]", "x[1,]", "x.", ".x", "x.y.", "x.(y)", "x.[y]", "a if b", "a if b else", "a else b", "if a else b", "(a if b)", "[a if b]", "f(a if b)", "a if b: c", "a if (b", "not", "not not", "a not", "a not b", "a not in", "not in b", "a is", "is b", "a and", "and b", "a or or b", "a < ", "< b", "a < > b", "a = = b", "a ! = b", "a =! b", "a =< b", "a => b", "a ** ** b", "a * / b", "~", "-", "a -", "a @", "a b + c", "1 2", "'a' 1", "1 'a'", "a 'b'", "'a' b", "f'a' b", "[1 2 3]", "[1, 2 3]", "{1 2}", "(1 2)", "(a b)", "(a, b c)", "[a\nb]", "f(a\nb)", "{'a': 1\n'b': 2}", "yield x", "(yield)", "x = yield", "lambda: yield", "lambda: (yield)", "[yield]", "[(yield) for x in y]", "await x", "(x for x in (yield))", "a, b = c d", "print a", "print(a", "x = 5 y = 6", "x = a b", "return 5", "a.b c", "f() g()", "[] []", "{} {}", "() ()", "'a' 'b' c", "None None", "a; b c", "x = [1, 2", "x = a +", "x = (a +\n", "x = a + + b", "x = a + \n b", "a := b", "(a := )", "(:= b)", "(a = b)", "(a == b", "a b = c", "a = b c = d", "é + ", "a + é b", "x = '€' y", "日本 語", "x = “quoted”", "x = a – b", "x\u00a0= 1", "x = 1\u200b", "\u20ac = 1", "a\x00b", "\x01"):
    syn(s)
