# Unpacking inside displays and argument lists.
# needs: 3.14
print([*'ab', 1, *[2, 3], *()], (*'ab', 1), {*[1], *[1.0]}, [*range(3), *map(str, range(2))])
print({**{'a': 1}, **{'b': 2}}, {**{}, 'x': 1}, {'x': 1, **{'x': 2}}, {**{'x': 2}, 'x': 1})
print(*[1, 2], 3, *'ab', sep='-')
t = *[1, 2], 3
print(t)
def f(*a, **k): return a, k
print(f(*[1], *[2, 3], x=1, **{'y': 2}, **{'z': 3}))
print(f(1, *[2], 3, *(4, 5), k=6, *[7]))
print(f(*'ab', **{'a b': 1, 'c': 2}))
print([*{'a': 1, 'b': 2}], [*{1: 2}.items()], {**dict(a=1)})
class M:
    def keys(self): return ['p', 'q']
    def __getitem__(self, k): return k * 2
print({**M()}, f(**M()))
for s in ("[*5]", "(*None,)", "{*1}", "{**1}", "{**[1]}", "f(*5)", "f(**5)", "f(**[('a', 1)])", "f(**{1: 2})", "f(**{'a': 1}, **{'a': 2})", "f(a=1, **{'a': 2})", "{*[[]]}"):
    try: print(eval(s))
    except TypeError as e: print(s, "->", str(e).replace('__main__.', ''))
for s in ("[**{}]", "*a", "print(*)", "f(**)", "f(*a for a in b)", "f(**k, *a)", "f(**k, 1)", "f(a=1, 2)", "{**a for a in b}", "[*a for a in b]", "(*a)", "x = *a", "return_ = (yield)"):
    try: compile(s, '', 'exec'); print("ok", s)
    except SyntaxError as e: print(type(e).__name__)
def g():
    yield *[1, 2], 3
    return *'ab', 'c'
it = g(); print(next(it))
try: next(it)
except StopIteration as e: print(e.value)
for x in *[1], *[2]: print(x)
d = {(*'ab',): 1}; print(d[*'ab'])
