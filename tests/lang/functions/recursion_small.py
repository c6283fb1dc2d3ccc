# small recursive functions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def fact(n): return 1 if n == 0 else n * fact(n - 1)
print(fact(0), fact(5), fact(25))
---
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(n) for n in range(12)])
---
def hanoi(n, a='A', b='B', c='C'):
    if n: hanoi(n - 1, a, c, b); print(a + c, end=' '); hanoi(n - 1, b, a, c)
hanoi(3); print()
---
def perms(s): return [s] if len(s) < 2 else [c + p for i, c in enumerate(s) for p in perms(s[:i] + s[i + 1:])]
print(perms('abc'))
---
def power(x, n): return 1 if n == 0 else power(x * x, n // 2) * (x if n % 2 else 1)
print(power(2, 10), power(3, 40))
---
def flat(l): return sum((flat(x) if isinstance(x, list) else [x] for x in l), [])
print(flat([1, [2, [3, [4]]], []]))
---
def even(n): return n == 0 or odd(n - 1)
def odd(n): return n != 0 and even(n - 1)
print(even(10), odd(7))
---
def f(): f()
try: f()
except RecursionError as e: print('RecursionError')
---
def depth(n): return n if n == 0 else 1 + depth(n - 1)
print(depth(800))
---
def subsets(l): return [[]] if not l else [s + t for s in subsets(l[1:]) for t in ([], [l[0]])]
print(sorted(subsets([1, 2, 3])))
---
def gcd(a, b): return a if b == 0 else gcd(b, a % b)
print(gcd(1071, 462), gcd(2**60, 6**20))
---
def binsearch(l, x, lo=0, hi=None):
    hi = len(l) if hi is None else hi
    if lo >= hi: return -1
    m = (lo + hi) // 2
    return m if l[m] == x else binsearch(l, x, m + 1, hi) if l[m] < x else binsearch(l, x, lo, m)
print([binsearch([1, 3, 5, 7], x) for x in (1, 7, 4, 5)])
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
