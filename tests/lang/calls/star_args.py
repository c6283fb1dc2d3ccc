# * and ** in calls: generators, mappings, order of evaluation.
def f(*a, **k): return a, k
def v(x): print('eval', x); return x
print(f(v(1), *v([2]), v(3), x=v(4), *v([5]), **v({'y': 6}), z=v(7)))
print(f(*(i for i in range(3))), f(*{'a': 1, 'b': 2}), f(*'xy', **{'k': 1}), f(**{}, **{}), f(*[], *()))
class M:
    def __init__(self, d): self.d = d
    def keys(self): print("keys"); return list(self.d)
    def __getitem__(self, k): print("get", k); return self.d[k]
print(f(**M({'a': 1, 'b': 2})))
print(f(x=0, **M({'a': 1}), y=2))
class It:
    def __iter__(self): print("iter"); return iter([1, 2])
print(f(*It(), 3, *It()))
def gen():
    yield 1
    raise ValueError("in gen")
try: f(*gen())
except ValueError as e: print(e)
class BadKeys:
    def keys(self): raise OSError("keys")
    def __getitem__(self, k): pass
try: f(**BadKeys())
except OSError as e: print("OSError", e)
class StrSub(str): pass
print(f(**{StrSub('q'): 1}))
def g(a, b, c=0): return a, b, c
for call in ("g(*[1])", "g(*[1, 2, 3, 4])", "g(*[1], b=2, *[3])", "g(**{'a': 1})", "g(*[1], **{'a': 2})", "g(1, 2, **{'d': 3})", "g(1, b=1, **{'b': 2})", "g(*5)", "g(1, *None)", "g(**None)", "g(**[1])", "g(**{1: 2})", "dict(**{1: 2})", "max(*5)", "len(**3)"):
    try: print(eval(call))
    except TypeError as e: print(call, '->', e)
print([*map(lambda t: g(*t), [(1, 2), 'abc'])], max(*[1, 5, 3]), min(*'hello'), dict(**{'a': 1}, b=2), print(*[], end=''))
a = [1, 2, 3]
print(f(*a, *a[1:], **dict(zip('ab', a))), [f(*x) for x in ['a', 'bc']])
