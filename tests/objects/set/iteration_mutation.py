# Iterating and changing sets; hostile eq/hash; set comprehension; big sets.
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def add():
    s = {1}
    for x in s: s.add(x + 1)
def rem():
    s = {1, 2}
    for x in s: s.discard(1); s.discard(2)
def same():
    s = {1, 2}
    for x in s: s.add(x)
    return s
t(add); t(rem); t(same)
s = {1, 2, 3}; it = iter(s); print(next(it) in s, it.__length_hint__(), type(it).__name__); s.add(9); t(lambda: next(it)); t(lambda: next(it))
class E:
    def __hash__(self): return 1
    def __eq__(self, o): v.clear(); return False
v = set(); v.add(E()); t(lambda: E() in v); v = {E()}; v.add(E()); print(len(v)); v = {E(), 5}; t(lambda: v.discard(E()))
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 3
    def __eq__(self, o): return self.n == o.n
ks = {K(i) for i in range(30)}; print(len(ks), K(7) in ks, K(31) in ks, len(ks | {K(1), K(99)}), len(ks & {K(1), K(99)}), len(ks - {K(2)}))
big = set(range(10000)); print(len(big), sum(big), 9999 in big, 10000 in big, len(big & set(range(5000, 15000))), len(big ^ set(range(1, 10001)))); big -= set(range(9995)); print(sorted(big))
print(sorted({x * x % 10 for x in range(20)}), sorted({c for c in 'mississippi'}), {len(w) for w in ('a', 'bb', 'cc')})
p = set(range(5)); out = []
while p: out.append(p.pop())
print(sorted(out), p)
def sieve(n):
    c = set(range(2, n))
    for i in range(2, int(n ** .5) + 1):
        if i in c: c -= set(range(i * i, n, i))
    return sorted(c)
print(sieve(100)); nan = float('nan'); print(len({nan, nan}), len({float('nan'), float('nan')}), nan in {nan}, {nan} == {nan})
