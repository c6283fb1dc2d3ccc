# Generator expressions: laziness, scope, early first iterable, attributes.
log = []
g = (log.append(x) or x * 2 for x in [1, 2, 3] if x != 2)
print(log, next(g), log, list(g), log, type(g).__name__, g.__name__, g.__qualname__)
n = 10; g = (n * x for x in range(3)); n = 100; print(list(g))
print(sum(x for x in range(5)), any(x > 2 for x in [1, 3]), all(x for x in []), sorted(x for x in 'cab'), ','.join(c for c in 'xy'), max((x for x in [1, 5]), default=0), tuple(x for x in 'ab'), set(x % 2 for x in range(4)), dict((k, 1) for k in 'a'))
print(list((i, j) for i in range(2) for j in range(i + 1)), list(x for x in (y for y in (z for z in 'q'))), len(list(0 for _ in range(5))))
def f(*a, **k): return [list(x) if hasattr(x, 'send') else x for x in a]
print(f(x for x in 'ab'), f((x for x in 'ab'), 1))
for s in ("f(x for x in y, 1)", "f(1, x for x in y)", "f(*x for x in y)", "f(a=x for x in y)", "class C(x for x in y): pass", "(x for x in y) = 1", "del (x for x in y)", "x for x in y"):
    try: compile(s, '', 'exec'); print('ok', s)
    except SyntaxError as e: print(e.msg)
g = (x for x in 'abc'); next(g); g.close(); print(list(g))
g = (1 / x for x in (1, 0, 2)); print(next(g))
try: next(g)
except ZeroDivisionError: print('zero', list(g))
def nested(): return (lambda: (x for x in 'in'))()
print(list(nested())); l = [1, 2, 3]; g = (x for x in l); l.append(4); print(list(g)); l = [1]; g = (x for x in l); l = [9]; print(list(g))
g = (x for x in range(3)); print([next(g), next(g)], 2 in g, 2 in g)
a = (i for i in range(3)); b = (i * 10 for i in a); print(next(b), next(a), list(b))
print(next((x for x in [5] if x > 9), None), list(zip(*[iter(range(6))] * 2)))
