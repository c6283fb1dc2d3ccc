# match: value patterns by dotted name, evaluation order, and syntax errors.
# needs: 3.14
import enum
class C(enum.Enum): RED = 1; BLUE = 2
class K:
    ONE = 1
    class N: TWO = 2
def f(v):
    match v:
        case C.RED: return 'red'
        case C.BLUE | K.N.TWO: return 'blue or two'
        case K.ONE: return 'one'
        case [K.ONE, C.RED]: return 'list'
        case _: return 'none'
print([f(v) for v in (C.RED, C.BLUE, 2, 1, [1, C.RED], 3, 1.0)])
class Log(dict):
    def __getattr__(self, n): print('attr', n); return n
L = Log()
match 'b':
    case L.a | L.b | L.c: print('hit')
try:
    match 1:
        case K.MISSING: pass
except AttributeError as e: print(e)
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for p in ("x | y", "1 | x", "x", "_ | 1", "1 | _", "(1 | x) | 2", "[x, x]", "[*a, *b]", "x as x", "1 as _", "1 as x.y", "x as y", "C(a=1, a=2)", "C(a=1, 2)", "C(*a)", "-x", "1 + 1", "1 + 2j", "1j + 1", "-1 + 2j", "'a' + 'b'", "f'a'", "not 1", "+1", "*x", "[*_]", "{'a': x, **x}", "a.b", "a.b()", "a()()", "a[0]", "(1)", "(1,)", "()", "1,", "*x,", "None", "...", "lambda: 1", "x if y else z", "x := 1", "[x | y]", "(x as y) | z", "[1 as x, 2 as x]", "C(x, y=x)", "[a] | [b]", "[a] | (a,)", "str() | int() as z"):
    syn(f"match v:\n case {p}: pass")
for s in ("match x:\n case 1: pass\n case _: pass\n case 2: pass", "match x:\n pass", "match x:\ncase 1: pass", "match x: case 1: pass", "match:\n case 1: pass", "match x:\n case: pass", "match x:\n case x: pass\n case 1: pass", "match x:\n case x if y: pass\n case 1: pass", "match x, y:\n case 1, 2: pass", "match x\n case 1: pass", "match x:\n case 1 pass", "match x:\n case 1:\n  pass\n else: pass", "match(x)", "match[x]", "match * x", "match -x", "match -x:\n case 1: pass", "match (x):\n case 1: pass", "case 1: pass", "match x:"): syn(s)
