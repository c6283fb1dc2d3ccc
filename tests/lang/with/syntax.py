# Grammar of the with statement.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("with a: pass", "with a as b: pass", "with (a as b): pass", "with (a as b, c as d): pass", "with (a as b, c): pass", "with (a, b): pass", "with (a, b) as c: pass", "with a, (b as c): pass", "with (a as b), c as d: pass", "with (yield a) as b: pass", "with a as (b, c): pass", "with a as [b, *c]: pass", "with a as b.c, d as e[0]: pass", "with a as 1: pass", "with a as f(): pass", "with a as b + c: pass", "with a as None: pass", "with: pass", "with a pass", "with a as: pass", "with a, : pass", "with (a,): pass", "with (a as b,): pass", "with ((a as b)): pass", "with a as b as c: pass", "with *a: pass", "with a := b: pass", "with (a := b): pass", "with (a := b) as c: pass", "with a: \npass", "with (a as b, *c): pass", "with (lambda: x) as y: pass", "with a if b else c as d: pass", "with (\n a as b,\n c as d\n): pass"):
    syn(s)
