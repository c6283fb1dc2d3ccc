# del: names, attributes, items, slices, nested targets, order, errors.
# needs: 3.12
a = b = c = 1
del a; del b, c
for n in 'abc': print(n in globals(), end=' ')
l = list(range(8)); del l[0], l[-1]; print(l); del l[1:3]; print(l); del l[::2]; print(l); del l[:]; print(l)
d = {1: {2: 3}, 'k': [1, 2]}; del d[1][2], d['k'][0]; print(d)
class O: pass
o = O(); o.x = o.y = 1; del o.x; print(vars(o))
x, y, z = 1, 2, 3; del (x), [y, (z)]; print('x' in globals(), 'z' in globals())
del (); del []
class Log:
    def __delattr__(self, n): print('delattr', n)
    def __delitem__(self, k): print('delitem', k)
    def __getitem__(self, k): print('getitem', k); return self
g = Log(); del g.a, g[1], g[1:2], g[1, ...], g[0][1].b, g[::2], (g.c, [g.d])
def t(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
def f1():
    del undefined
def f2():
    v = 1
    del v; print(v)
def f3():
    v = 1
    del v; del v
def f4(): del [1][5]
def f5(): del {}['k']
def f6(): del (1).real
def f7(): del 'abc'[0]
def f8(): del o.nope
def f9(): global gone; del gone
def f10(p): del p; return p
def f11():
    q = 1
    def inner(): return q
    del q; return inner()
def f12():
    w, u = 1, 2
    try: del w, missing_name, u
    except NameError: print(u)
    return w
for f in (f1, f2, f3, f4, f5, f6, f7, f8, f9, lambda: f10(1), f11, f12): t(f)
def loop():
    for i in range(3): del i
    return 'i' in locals()
print(loop())
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("del", "del x", "del x, y", "del (x, y)", "del (x), y", "del [x]", "del x.y, z[0]", "del f()", "del 1", "del None", "del x + y", "del (x, 1)", "del *x", "del (*x,)", "del x = 1", "del {}", "del {x}", "del 'a'", "del x if y else z", "del lambda: x", "del (x := 1)", "del x,", "del ()", "del []", "del -x", "del f().x", "del f()[0]", "del (yield)", "del x.y()", "del ...", "del __debug__", "del x < y", "del f'{x}'", "del [x for x in y]", "del x and y"): syn(s)
