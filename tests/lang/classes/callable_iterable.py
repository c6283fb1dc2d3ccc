# __call__, __iter__, __next__, __len__, __contains__, __getitem__ in one class each.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class Counter:
    def __init__(self): self.n = 0
    def __call__(self, by=1): self.n += by; return self.n
c = Counter(); print(c(), c(5), c.n, callable(c), list(map(c, [1, 1])))
---
class R:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): yield i * i
print(list(R(4)), sum(R(3)), 4 in R(4), max(R(5)), sorted(R(3), reverse=True), [*R(2)], dict(zip('ab', R(2))))
---
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return self.i
i = It(); print(list(i), list(i)); i.i = 1; print(next(i), list(i))
---
class S:
    def __len__(self): return 2
    def __getitem__(self, i):
        if i < 2: return 'item%d' % i
        raise IndexError
s = S(); print(len(s), list(s), s[1], 'item1' in s, list(reversed(s)), bool(s), tuple(enumerate(s)))
---
class C:
    def __contains__(self, x): return x > 5
print(3 in C(), 9 in C(), 9 not in C())
---
class D:
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
    def __getitem__(self, k): return k
d = D(); d[1] = 2; d['a', 1:2] = 3; del d[...]; print(d[1:2:3], d[1, 2])
d[0] += 5
---
class Bad:
    def __iter__(self): return 5
for x in Bad(): pass
---
class Bad:
    def __next__(self): return 1
for x in Bad(): pass
---
class L:
    def __len__(self): return -1
len(L())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
