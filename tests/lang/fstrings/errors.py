# Syntax errors and run-time errors of f-strings.
# needs: 3.14
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("f'{'", "f'}'", "f'{}'", "f'{ }'", "f'{x'", "f'{x!}'", "f'{x!z}'", "f'{x!rr}'", "f'{x!r '", "f'{x:{'", "f'{x:{y'", "f'{!r}'", "f'{:5}'", "f'{=}'", "f'{x y}'", "f'{x;y}'", "f'{x = }'", "f'{*}'", "f'{**x}'", "f'{*x}'", "f'{lambda x: 1}'", "f'{lambda x}'", "f'{(lambda x: 1)}'", "f'{x:{y:{z}}}'", "f'{x:{y:{z:{w}}}}'", "f'{a b}'", "f'{1 +}'", "f'{)}'", "f'{(]}'", "f'{[)'", "f'{x!r:}'", "f'{x! r}'", "f'{x !r}'", "f'{yield}'", "f'{await x}'", "f'{x:=5}'", "f'{(x:=5)}'", "f'{#}'", "f'''{\n}'''", "f'abc", "f'''abc", "f'{x", "f'{x:'", "f'{None = 1}'", "f'{import x}'", "f'{x:}}'", "f'{{}'", "f'{}}'", "bf'x'", "uf'x'", "f'{a.b = c}'", "f'{a $ b}'", "f'\\N{no such}'", "f'{x}' = 1", "f'{1}' b'x'", "f'{x!}'", "f'{x!:}'", "f'{a if b}'", "f'{for}'"):
    syn(s)
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

class BadF:
    def __format__(self, s): return 5
err(lambda: f'{undefined_name}'); err(lambda: f'{1/0}'); err(lambda: f'{"a":d}'); err(lambda: f'{BadF()}'); err(lambda: f'{5:q}'); err(lambda: f'{[]:5}'); err(lambda: f'{"x":{"y"}}')
