# method objects: storing, comparing, calling later.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    def __init__(self, n): self.n = n
    def m(self, x): return self.n + x
a, b = A(1), A(10)
f = a.m; print(f(5), b.m(5), A.m(a, 7), f == a.m, f == b.m, f.__self__ is a, f.__func__ is A.m, [g(1) for g in (a.m, b.m)], list(map(a.m, [1, 2])))
---
class A:
    def m(self): return 'old'
a = A(); f = a.m; A.m = lambda self: 'new'; print(f(), a.m())
---
class A:
    def m(self): return self
f = A().m; print(type(f()).__name__, f() is f())
---
l = []; add = l.append
for i in range(3): add(i)
print(l, [].append is [].append, 'a'.upper == 'a'.upper)
---
class A:
    def m(self): pass
A.m()
---
class A:
    def m(): pass
A().m()
---
d = {'f': str.upper, 'g': 'x'.join, 'h': len}
print(d['f']('a'), d['g'](['1', '2']), d['h']([1]))
---
class A:
    def __init__(self): self.cb = self.go
    def go(self): return 'went'
print(A().cb())
---
print(sorted(['b', 'A'], key=str.lower), list(map(str.strip, [' a '])), list(map(int.bit_length, [1, 8])), max(['a', 'bb'], key=len))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
