# Generator functions: iteration, arguments, state, exhaustion.
def g(n):
    print('start')
    for i in range(n): yield i
    print('end')
it = g(3); print(type(it).__name__, iter(it) is it, next(it), next(it), list(it), list(it), next(it, 'done'))
def empty():
    return
    yield
def only(): yield
print(list(empty()), list(only()), list(g(0)))
def fib():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
f = fib(); print([next(f) for _ in range(12)])
def squares(xs):
    for x in xs: yield x * x
def odd(xs):
    for x in xs:
        if x % 2: yield x
print(list(squares(odd(range(10)))), sum(squares([1, 2])), max(odd([1, 3])), [*squares('' or [2])], dict(zip('ab', fib())))
def tree(t):
    if t:
        l, v, r = t
        yield from tree(l); yield v; yield from tree(r)
print(list(tree(((None, 1, None), 2, (None, 3, (None, 4, None))))))
def perms(l):
    if len(l) <= 1: yield l
    else:
        for i in range(len(l)):
            for p in perms(l[:i] + l[i + 1:]): yield [l[i]] + p
print(list(perms([1, 2, 3])))
try: next(g(0))
except StopIteration as e: print('stop', e.value)
def err(): yield 1; 1 / 0; yield 2
e = err(); print(next(e))
try: next(e)
except ZeroDivisionError: print(next(e, 'finished after error'))
class C:
    def __iter__(self):
        yield from 'xyz'
    def gen(self, n): yield self.__class__.__name__, n
print(list(C()), list(C().gen(1)), 'y' in C())
