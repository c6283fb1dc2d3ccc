# list.sort and sorted: stability, key, reverse, errors and mutation during sort.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

l = [3, 1, 2]; print(l.sort(), l); l.sort(reverse=True); print(l); l.sort(key=lambda x: -x); print(l); l.sort(key=None, reverse=False); print(l)
words = ['banana', 'Apple', 'cherry', 'apple', 'Banana', 'fig', '']
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)))
pairs = [(1, 'b'), (0, 'x'), (1, 'a'), (0, 'y')]
print(sorted(pairs), sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), sorted(pairs, reverse=True))
print(sorted([3, 1.5, True, 2.5, 0, -1, 10**20, -10**20, 1]), sorted([2.5, 1.5, float('inf'), -float('inf')]), sorted('hello'), sorted({3: 1, 1: 2}), sorted((2, 1)), sorted([[2], [1, 5], [1]]), sorted([(1, 'a'), (1, 'A'), (0, 'z')]))
class K:
    def __init__(self, v, t): self.v, self.t = v, t
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f'{self.v}{self.t}'
ks = [K(i * 7 % 5, chr(97 + i)) for i in range(15)]
print(sorted(ks), sorted(ks, reverse=True), min(ks), max(ks))
seed = 42; data = []
for i in range(500): seed = (seed * 1103515245 + 12345) % 2**31; data.append(seed % 1000)
s = sorted(data); print(all(a <= b for a, b in zip(s, s[1:])), s[:10], s[-5:], sum(s) == sum(data), sorted(data, reverse=True) == s[::-1])
print(sorted(range(300), key=lambda x: x * 7919 % 300)[:10], sorted(list(range(100)) + list(range(50)))[:6], sorted(list(range(100, 0, -1)))[:5], sorted([1] * 50 + [0] * 50)[:2])
err(sorted, [1, 'a']); err(sorted, [None, None]); err(sorted, [1j, 2j]); err(sorted, [1, None, 2]); err(sorted, [{}, {}]); err([1].sort, 5); err([2, 1].sort, key=5); err([1].sort, foo=1); err(sorted, [1], 2); err(sorted, [1], reverse='a'); err([1].sort, reverse=None); err(sorted, [1, 2], key=lambda: 0); err(sorted, [1, 2], key=lambda x: 1 / 0)
l = [3, 2, 1]
def mutate(x): l.append(x); return x
try: l.sort(key=mutate)
except ValueError as e: print(e)
l = [3, 1, 2]
def peek(x): print(l, end=' '); return x
l.sort(key=peek); print(l)
calls = []
sorted([2, 3, 1], key=lambda x: calls.append(x) or x); print(calls)
l = [3, 1, 'a', 2]
try: l.sort()
except TypeError: print(sorted(map(str, l)))
l = [(2, 'x'), (1, 'y'), (2, 'a')]; l.sort(key=lambda t: t[0]); print(l)
import functools
print(sorted([5, 3, 8], key=functools.cmp_to_key(lambda a, b: b - a)), sorted([0.0, -0.0, 0]), sorted([True, False, 0, 1]))
