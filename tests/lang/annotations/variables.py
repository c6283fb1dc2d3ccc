# Variable annotations: what is stored, evaluated, simple vs complex targets.
# needs: 3.14
x: int = 5
y: str
print(x, 'y' in globals())
class C:
    a: int = 1
    b: 'forward'
    c: list[int] = []
    __d: int = 2
print({k: v for k, v in C.__annotations__.items()}, hasattr(C, 'b'))
def f():
    z: int = 3
    w: undefined_name = 4
    v: also_undefined
    return z, w
print(f(), f.__annotations__)
def g():
    u: int
    return u
try: g()
except UnboundLocalError as e: print(e)
d = {}; d['k']: int = 5; print(d)
class O: pass
o = O(); o.attr: str = 'set'; print(o.attr)
(p): int = 7; print(p)
q: tuple = 1, 2; print(q)
class D(C): e: float = 1.0
print(D.__annotations__, C.__annotations__ is not D.__annotations__)
class E: pass
print(getattr(E, '__annotations__', {}))
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("x: int", "x: int = 1", "(x): int = 1", "x.y: int", "x[0]: int = 1", "(x, y): int", "x, y: int", "[x]: int", "x: int += 1", "x: y: z", "f(): int", "1: int", "x: int = y = 1", "x: int = yield", "def f(): x: int = yield", "x: (yield)", "None: int", "x: *y", "def f():\n global x\n x: int", "lambda: (x: int)", "x: int = *y, z", "for x: int in y: pass", "with a as b: int: pass", "(x.y): int", "x: lambda: 1 = 2"): syn(s)
