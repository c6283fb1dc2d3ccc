# The iteration protocol: __iter__, __next__, __getitem__ fallback and their errors.
class Count:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): print("iter"); return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
for x in Count(3): print(x)
print(list(Count(2)), sum(Count(4)), max(Count(5)), tuple(Count(1)), [*Count(2)], dict(zip(Count(2), 'ab')))
class Get:
    def __getitem__(self, i):
        if i >= 3: raise IndexError(i)
        return i ** 2
print(list(Get()), 4 in Get(), [x for x in Get()])
class Bad1: __iter__ = None
class Bad2:
    def __iter__(self): return 5
class Bad3:
    def __iter__(self): return self
class Bad4:
    def __iter__(self): raise ValueError("in iter")
class Bad5:
    def __iter__(self): return self
    def __next__(self): raise KeyError("in next")
for c in (Bad1, Bad2, Bad3, Bad4, Bad5):
    for how in (lambda v: [x for x in v], list, lambda v: [*v], lambda v: max(v), iter):
        try: how(c()); print("fine")
        except Exception as e: print(type(e).__name__, e)
class Stop:
    def __iter__(self): return self
    def __next__(self): raise StopIteration("value")
print(list(Stop()))
it = iter([1, 2])
print(next(it), next(it), next(it, 'default'), next(it, None))
try: next(it)
except StopIteration as e: print("stop", e.args, e.value)
print(iter(it) is it, list(iter(lambda c=[0]: c.__setitem__(0, c[0] + 1) or c[0], 4)))
