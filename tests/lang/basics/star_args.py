# *args and **kwargs, defaults and keyword calls.
def f(a, b=2, *args, **kw): return a, b, args, kw
print(f(1), f(1, 3), f(1, 2, 3, 4), f(1, x=5), f(b=1, a=0), f(*[1, 2, 3]), f(**{"a": 1, "z": 2}))
def g(*, key): return key
print(g(key="k"))
try: g("k")
except TypeError as e: print(e)
def total(*nums): return sum(nums)
print(total(), total(1), total(1, 2, 3), total(*range(5)))
first, *rest = [1, 2, 3]
*init, last = "abc"
print(first, rest, init, last, [*range(3), *"ab"], {**{"a": 1}, "b": 2})
