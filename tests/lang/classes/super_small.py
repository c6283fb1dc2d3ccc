# small uses of super.
# needs: 3.13
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    def f(self): return 'A'
class B(A):
    def f(self): return super().f() + 'B'
class C(B):
    def f(self): return super().f() + 'C'
print(C().f())
---
class A:
    @classmethod
    def c(cls): return cls.__name__
class B(A):
    @classmethod
    def c(cls): return super().c() + '!'
print(B.c(), B().c())
---
class A: pass
class B(A):
    def f(self): return super().missing
B().f()
---
class A: x = 1
class B(A):
    x = 2
    def f(self): return super().x, super(B, self).x, super(B, B).x
print(B().f())
---
super()
---
def f(): super()
f()
---
class A:
    def f(): super()
A.f()
---
super(int, 'a')
---
class A:
    def __init__(self): print('A init'); super().__init__()
class B(A):
    def __init__(self): print('B init'); super().__init__()
B()
---
class A(list):
    def __getitem__(self, i): return super().__getitem__(i) * 10
print(A([1, 2])[1])
---
class A:
    def f(self): return [super(A, self).__repr__()[:3] for _ in 'a']
print(len(A().f()))
---
class A:
    def __getattribute__(self, n): return super().__getattribute__(n) if n != 'z' else 'zed'
a = A(); a.y = 1; print(a.y, a.z)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
