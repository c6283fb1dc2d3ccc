# Errors in parameter lists and calls.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(*, **k): pass", "def f(*a, *b): pass", "def f(*, *): pass", "def f(*a, *): pass", "def f(**k, a): pass", "def f(**k, *a): pass", "def f(**k, **j): pass", "def f(/): pass", "def f(/, a): pass", "def f(a, /, b, /): pass", "def f(*a, /): pass", "def f(a, *, /): pass", "def f(*a=1): pass", "def f(**k=1): pass", "def f(a, *, b, /): pass", "def f(1): pass", "def f('a'): pass", "def f(a.b): pass", "def f((a, b)): pass", "def f(a b): pass", "def f(a=): pass", "def f(a: int = ): pass", "def f(a, , b): pass", "def f(,): pass", "def f(None): pass", "def f(a", "def f", "def f()", "def f() pass", "def (): pass", "def 1(): pass", "def f() -> : pass", "def f(*, a=1, b): pass", "def f(a, b=1, /, c): pass", "def f(a=1, /, b): pass", "lambda a, a: 1", "lambda *: 1", "lambda **k, a: 1", "lambda (a): 1", "lambda a=1, b: 1", "lambda 1: 1", "lambda", "lambda x", "lambda x:", "lambda: pass", "f(a=1, a=2)", "f(a=1, 2)", "f(**k, 1)", "f(**k, *a)", "f(a for a in b, c)", "f(c, a for a in b)", "f(a for a in b, c for c in d)", "f(a, b for b in c, d)", "f(**)", "f(*)", "f(a=)", "f(a=, b)", "f(1=2)", "f(a.b=1)", "f(not a=1)", "f(lambda x: x=1)", "f(a, b=1, *c, d=2, **e)", "f(a=1, *b)", "f(*a, b)", "f(a b)", "f(a, b c)", "f(a, b=1 c=2)", "f(a:=1, b)", "f(a=b:=1)", "class C(a=1, a=2): pass", "class C(**k, *a): pass", "class C(a for a in b): pass", "class: pass", "class C", "class C:", "class C(: pass", "class 1: pass", "class C(a b): pass", "@\ndef f(): pass", "@x y\ndef f(): pass", "@x", "@x\nx = 1", "@x\n@y\nclass C: pass", "def f[T](x): pass", "def f(*args: *int): pass", "def f(a: *int): pass", "async def f(: pass", "async def", "return f(", "def f(__debug__): pass", "f(__debug__=1)", "def f(x, *, y=1, **z,): pass", "def f(*a,): pass"):
    syn(s)
