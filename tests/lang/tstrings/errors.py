# Syntax of template strings.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("t'{'", "t'}'", "t'{}'", "t'{x!z}'", "t'{x!}'", "t'a' 'b'", "'a' t'b'", "t'a' f'b'", "f'a' t'b'", "t'a' b'b'", "tf'a'", "ft'a'", "bt'a'", "ut'a'", "tr'a{x}'", "Rt'a'", "t'{x y}'", "t'{lambda: 1}'", "t'{x:{y}}'", "t'{x:{y:{z}}}'", "t'abc", "t'''{x", "t'{x}' = 1", "t'{yield}'", "del t'x'", "t'{*x}'", "t'{x,}'", "match x:\n case t'a': pass", "t'{!r}'", "t'{=}'", "def f(): t'{(yield)}'"):
    syn(s)
