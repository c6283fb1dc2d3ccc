# Recursion: direct, mutual, deep, and its limit as RecursionError.
import sys
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
print(fact(5), fact(30))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(100), odd(101))
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(i) for i in range(15)], fib(18))
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(depth(500))
def forever(): return forever()
try: forever()
except RecursionError as e: print(type(e).__name__, str(e)[:32], isinstance(e, RuntimeError))
class R:
    def __repr__(self): return repr(self)
    def __getattr__(self, n): return getattr(self, n + 'x')
    def __eq__(self, o): return self == o
try: repr(R())
except RecursionError: print("repr recursion")
try: R().q
except RecursionError: print("getattr recursion")
try: R() == 1
except RecursionError: print("eq recursion")
def safe(n):
    try: return safe(n + 1)
    except RecursionError: return n > 100
print(safe(0))
l = []; l.append(l)
print(l, repr(l) == '[[...]]')
try: print(l == [l]) if False else l == [[l]] and None
except RecursionError: print("list eq recursion")
def hanoi(n, a='A', b='B', c='C'): return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(8))
Y = lambda f: (lambda x: x(x))(lambda y: f(lambda *a: y(y)(*a)))
print(Y(lambda s: lambda n: 1 if n == 0 else n * s(n - 1))(6))
print(depth(100))
