# Church numerals, Y combinator, currying, lazy streams, monads.
zero = lambda f: lambda x: x
succ = lambda n: lambda f: lambda x: f(n(f)(x))
add = lambda m: lambda n: lambda f: lambda x: m(f)(n(f)(x))
mul = lambda m: lambda n: lambda f: m(n(f))
to_int = lambda n: n(lambda x: x + 1)(0)
one = succ(zero); two = succ(one); three = add(one)(two)
print(to_int(zero), to_int(three), to_int(mul(three)(mul(two)(three))), to_int(two(three)))
Z = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))
print(Z(lambda fac: lambda n: 1 if n == 0 else n * fac(n - 1))(10))
pair = lambda a: lambda b: lambda f: f(a)(b)
fst = lambda p: p(lambda a: lambda b: a)
print(fst(pair(1)(2)), pair(1)(2)(lambda a: lambda b: (b, a)))
class Stream:
    def __init__(self, head, tail): self.head, self._tail = head, tail
    @property
    def tail(self):
        if callable(self._tail): self._tail = self._tail()
        return self._tail
    def take(self, n): return [] if n == 0 else [self.head] + self.tail.take(n - 1)
    def filter(self, p): return Stream(self.head, lambda: self.tail.filter(p)) if p(self.head) else self.tail.filter(p)
    def map(self, f): return Stream(f(self.head), lambda: self.tail.map(f))
def ints(n): return Stream(n, lambda: ints(n + 1))
def sieve(s): return Stream(s.head, lambda: sieve(s.tail.filter(lambda x: x % s.head)))
print(ints(1).take(5), ints(1).map(lambda x: x * x).filter(lambda x: x % 2).take(4), sieve(ints(2)).take(10))
class Maybe:
    def __init__(self, v): self.v = v
    def __rshift__(self, f): return self if self.v is None else f(self.v)
    def __repr__(self): return 'Nothing' if self.v is None else f'Just {self.v}'
safe_div = lambda d: lambda n: Maybe(None if d == 0 else n // d)
print(Maybe(100) >> safe_div(5) >> safe_div(2), Maybe(100) >> safe_div(0) >> safe_div(2))
compose = lambda *fs: lambda x: __import__('functools').reduce(lambda v, f: f(v), reversed(fs), x)
print(compose(str, lambda x: x + 1, lambda x: x * 2)(5), (lambda *a: (lambda *b: a + b))(1, 2)(3))
fold = lambda f, a, l: a if not l else fold(f, f(a, l[0]), l[1:])
print(fold(lambda a, b: a * 10 + b, 0, [1, 2, 3]), fold(lambda a, x: [x] + a, [], 'abc'))
