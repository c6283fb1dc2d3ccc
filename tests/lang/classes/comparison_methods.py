# rich comparisons, hashing and sorting on user classes.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class P:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return isinstance(o, P) and self.n == o.n
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return f'P{self.n}'
print(P(1) == P(1), P(1) != P(2), P(1) < P(2), P(2) > P(1), sorted([P(3), P(1)]), max(P(1), P(5)), P(1) == 1, [P(1)] == [P(1)], P(1) in [P(1)])
---
class P:
    def __eq__(self, o): return True
hash(P())
---
class P:
    def __eq__(self, o): return True
    def __hash__(self): return 1
print(len({P(), P()}), P() in {P(): 1})
---
class P: pass
P() < P()
---
class P:
    def __lt__(self, o): return 'lt'
    def __gt__(self, o): return 'gt'
p = P()
print(p < 1, 1 < p, p > 1, 1 > p, sorted([p], key=lambda x: x) is not None)
p <= 1
---
class P:
    def __eq__(self, o): return 'maybe'
print(P() == 1, 1 == P(), P() != 1, bool(P() == 1), [P()] == [1])
---
class A:
    def __le__(self, o): return 'A le'
class B(A):
    def __ge__(self, o): return 'B ge'
print(A() <= B(), B() <= A(), A() >= B())
---
class N:
    def __lt__(self, o): return NotImplemented
N() < 5
---
class N:
    def __lt__(self, o): raise ValueError('cmp')
sorted([N(), N()])
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
