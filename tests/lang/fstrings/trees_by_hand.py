# Trees of f-strings and t-strings made by hand: their parts may be any expression, and what is no str is found when they run.
# needs: 3.14
import ast
def run(label, body, **names):
    m = ast.Expression(body)
    ast.fix_missing_locations(m)
    try:
        r = eval(compile(m, "f", "eval"), names)
        print(label, repr(r))
    except BaseException as e:
        print(label, type(e).__name__, e)
C, N, F, J = ast.Constant, lambda n: ast.Name(n, ast.Load()), lambda v, c=-1, s=None: ast.FormattedValue(v, c, s), ast.JoinedStr
run("name", J([C("a"), N("x")]), x="b")
run("int name", J([C("a"), N("x")]), x=5)
run("only name", J([N("x")]), x=5)
run("only name str", J([N("x")]), x="q")
run("only const int", J([C(5)]))
run("const int", J([C("a"), C(5)]))
run("bytes", J([C("a"), C(b"5"), N("x")]), x=3)
run("call", J([ast.Call(N("f"), [C(1)], []), C("z"), ast.Call(N("f"), [C(2)], [])]), f=lambda x: "v" * x)
run("nested", J([C("<"), J([C("a"), F(N("x"))]), C(">")]), x=3)
run("many", J([C("a"), N("x")] * 40), x="1")
run("many bad", J([C("a"), N("x")] * 40), x=1)
class S(str): pass
run("sub", J([C("a"), N("x")]), x=S("b"))
run("spec name", F(N("x"), -1, N("s")), x=5, s="04")
run("spec bad", F(N("x"), -1, N("s")), x=5, s=4)
run("spec const", F(N("x"), -1, C(4)), x=5)
run("spec str", F(N("x"), -1, C("04")), x=5)
run("spec fv", F(N("x"), -1, F(C("03"))), x=5)
run("conv", F(N("x"), 114), x="5")
run("conv bad", F(N("x"), 5), x="5")
T, I = ast.TemplateStr, lambda v, s, c=-1, f=None: ast.Interpolation(v, s, c, f)
run("t", T([C("a"), I(N("x"), "x"), C("b")]), x=1)
run("t str", T([C("a"), I(N("x"), 5), C("b")]), x=1)
run("t spec", T([I(N("x"), "x", -1, N("s"))]), x=1, s=3)
run("t spec str", T([I(N("x"), "x", 114, N("s"))]), x=1, s="3")
run("i alone", I(N("x"), "x"), x="1")
run("joined i", J([C("a"), I(N("x"), "x")]), x="1")
run("template in joined", J([C("a"), T([C("b")])]))
