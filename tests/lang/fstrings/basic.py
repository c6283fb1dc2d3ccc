# f-strings: expressions, nesting, conversions, debug =, brace escapes.
# needs: 3.12
x, y, name = 5, 2.5, 'é"\''
d = {'k': 'v', 1: [10, 20]}
print(f'{x} {y} {name} {x + 1} {d["k"]} {d[1][0]} {x!r} {name!r} {name!a} {name!s}')
print(f'{{}} {{{x}}} {{{{x}}}} {x}}}', f'', f'no fields', f'{x:5}|{x:<5}|{x:^5}|{x:05d}|{y:.1f}|{y:8.3f}|{name:>5}|')
print(f'{x=} {x = } {x+1=} {name=!s} {name=!a} {y=:.3f} {x =!r:>4} { x = }', f'{d["k"]=}')
w, p = 8, 2
print(f'{y:{w}.{p}f}|{x:{"<"}{w}}|{name!r:>{w}}|{x:{w}}|{y:{w}.{p}{"e"}}|')
print(f'{[i for i in range(3)]} {(lambda v: v * 2)(4)} { {1: 2}[1] } {x if x else "n"} {x,} {*[1, 2], 3} {"a" "b"} {not x}')
print(f'{(z := 7)} {z}', f'{x:=5}', f'{x!r:^{5}}', f"{'nested ' + f'{x} {f"{y}"}'}" if False else f"{'nested ' + f'{x}'}")
print(f'a' 'b{x}' f'{x}' "c", f'''{
    x
} multi
{y}''')
class F:
    def __format__(self, s): return f'<{s}>'
    def __repr__(self): return 'F()'
    def __str__(self): return 'Fstr'
f = F(); print(f'{f} {f:abc} {f!r} {f!s:>6} {f:{x}{y}} {f!r:>5}|', f'{f:}', f'{f: }')
print(rf'\n{x}\t', fr'{x}\{y}', F'{x}', f'\t{x}\x41\N{BULLET}', f'{x}\
joined')
print(f'{x:%}', f'{1e10:,}', f'{-5:+}', f'{True}', f'{None}', f'{3+4j}', f'{b"b"}', f'{...}', f'{10**20:_}')
def fn(): return 'called'
print(f'{fn()} {fn()!r:>10} {fn().upper()[0:3]}', f'{x == 5} {x != 5} {x >= 5} {x <= 5}', f'{x:d}' f'{y!s}')
import datetime; print(f'{datetime.date(2024, 1, 2):%Y/%m/%d}')
