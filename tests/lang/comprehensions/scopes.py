# Scope rules of comprehensions: first iterable outside, the rest inside, walrus out.
# needs: 3.13
def f():
    a = [1, 2]
    r = [a for a in a]
    return r, a
print(f())
def g():
    total = 0
    r = [total := total + v for v in range(5)]
    return r, total
print(g())
def h(): return [(i, j) for i in range(2) for j in [i * 10]]
print(h())
print([w := 5, w, w * 2], w)
print([last := i for i in range(3)], last)
def k():
    if any((hit := x) > 2 for x in [1, 2, 3, 4]): return hit
print(k())
def nested(): return [[y := (i, j) for j in range(2)] for i in range(2)], y
print(nested())
class C:
    items = [1, 2, 3]
    first = [i for i in items]
    def m(self): return [self.n + i for i in self.items]
    n = 10
print(C().m(), C.first)
def clos(): 
    fs = [lambda: i for i in range(3)]
    gs = [lambda i=i: i for i in range(3)]
    return [f() for f in fs], [g() for g in gs]
print(clos())
def useglobal(): return [gv for _ in range(2)]
gv = 'global'; print(useglobal())
def params(a, b): return [a + x for x in b], {a: x for x in b}, {a for _ in b}, list(a for _ in b)
print(params(1, [2, 3]))
def free():
    n = 3
    def inner(): return [n * i for i in range(n)]
    n = 4
    return inner()
print(free())
def lo(): 
    x = 1
    [x for x in range(5)]
    return x, sorted(k for k in locals())
print(lo())
def dele():
    y = 1
    [y for y in [2]]
    del y
    try: return y
    except UnboundLocalError as e: return str(e)
print(dele())
for s in ("[i := 0 for i in j]", "[i for i in (j := k)]", "[i for i in j if (i := 1)]", "[[(i := 1) for j in k] for i in l]", "class A:\n [x := i for i in j]", "[x for x in y, z]", "[x, y for x in z]", "{x: y, **z for x in w}", "[yield x for x in y]", "def f(): [(yield x) for x in y]", "[x for x]", "[for x in y]", "[x for 1 in y]", "[x for f() in y]"):
    try: compile(s, '', 'exec'); print('ok', s)
    except SyntaxError as e: print(e.msg)
