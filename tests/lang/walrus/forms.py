# The walrus: where it binds, precedence, scopes and what is forbidden.
# needs: 3.14
if (n := len('abc')) > 2: print(n)
while (x := n) > 0: n -= 1
print(x, n, (y := 5) + y, [z := 1, z + 1], (a := 1, b := 2), a, b)
print([v for c in 'ab' if (v := c.upper())], v, {(k := 'q'): (m := 3)}, k, m, (lambda: (q := 9) + q)())
def f(arg=(w := 4)): return arg, w
print(f(), w, f(arg=(u := 6)), u, print((p := 'inner')), p)
print((t := 1, 2), t, (s := (1, 2)), s, not (r := 0), r, (o := None) is None)
x = (y := 0) or (z := 5); print(x, y, z); print((g := lambda: g)() is g, f'{(h := 1)}', [1, 2, 3][(i := 1)], [1, 2, 3][(j := 0):(l := 2)], i, j, l)
def scope():
    def inner():
        nonlocal cnt
        return (cnt := cnt + 1)
    cnt = 0; inner(); inner(); return cnt
print(scope(), any((hit := e) > 2 for e in [1, 3, 5]), hit)
class C: attr = (val := 3); print(val)
print(C.val)
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("x := 1", "(x := 1)", "y = x := 1", "y = (x := 1)", "f(x := 1)", "f(a=x := 1)", "f(a=(x := 1))", "(x.y := 1)", "(x[0] := 1)", "((x, y) := 1)", "(x, y := 1)", "[x := 1, 2]", "{x := 1}", "{x := 1: 2}", "{(x := 1): 2}", "{1: x := 2}", "x[y := 1]", "x[y := 1, 2]", "x[y:=1:2]", "lambda: x := 1", "lambda x := 1: 1", "def f(x=y:=1): pass", "def f(x: y := 1): pass", "assert x := 1", "if x := 1: pass", "with x := y: pass", "(None := 1)", "(1 := x)", "del (x := 1)", "(x := 1) = 2", "(x := y := 1)", "(x := (y := 1))", "return_ = (x := 1)", "for x := 1 in y: pass", "for x in y := z: pass", "(__debug__ := 1)", "(x +:= 1)", "@x := y\ndef f(): pass", "x: int := 1", "(*x := 1)", "(f() := 1)", "('a' := 1)", "f(**x := 1)", "f(*x := 1)", "x := 1, 2", "raise x := 1", "print(x := 1, end=y := 2)"): syn(s)
