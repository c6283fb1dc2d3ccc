# The keyword lists, and constants that cannot be assigned.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for word in ("False None True and as assert async await break class continue def del elif else except "
             "finally for from global if import in is lambda nonlocal not or pass raise return try while with yield").split():
    syn(word + " = 1")
syn("f(None=1)")
syn("def f(True): pass")
syn("x.None = 1")
syn("class None: pass")
syn("__debug__ = 1")
syn("def f(__debug__): pass")
syn("import a as None")
syn("None += 1")
syn("del None")
syn("for None in x: pass")
