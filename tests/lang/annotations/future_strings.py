# from __future__ import annotations keeps the source text.
from __future__ import annotations
x: undefined.thing[1, 2] = 1
def f(a: list[int] | None, b: "quoted", c: lambda q: q + 1, *d: not x, e: a if b else c = 1, **g: -1 ** 2) -> {1: 2, **h}: pass
for k, v in f.__annotations__.items(): print(k, repr(v))
class C:
    y: (1, 2)
    z: [x for x in y if z]
    w: f'{a!r:>{b}}'
    v: x[1:2, ::3]
    u: (yield_, await_) 
    t: a < b <= c
    s: "s" 'adj'
    q: 1e10 + 2j
    p: b'x' % ...
    o: not a and b or c
    n: a @ b // c << ~d
    m: {*a, b}
    l: f(*a, k=1, **b)
    k: (x for x in y)
    j: a.b.c().d[e]
    i: lambda *a, b=1, **c: None
    h: (a, )
    g: ()
    f: 1 if 2 else 3
for k, v in C.__annotations__.items(): print(k, repr(v))
print(__annotations__)
