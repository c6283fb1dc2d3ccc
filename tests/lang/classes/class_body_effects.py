# class bodies execute as code, in order, with their own scope.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    print('in body')
    x = 1
    x += 1
    y = [x] * 2
    for i in range(2): print('loop', i)
    if x > 1: z = 'yes'
    def f(self): return self.x
    g = f
print(A.x, A.y, A.i, A.z, A().g())
---
x = 'global'
class A:
    y = x
    x = 'class'
    z = x
print(A.y, A.z, x)
---
class A:
    a = 1
    def f(self): return a
A().f()
---
class A:
    a = 1
    b = [a for _ in range(2)]
---
class A:
    a = [1, 2]
    b = [v for v in a]
print(A.b)
---
class A:
    1 / 0
---
class A:
    del missing
---
class A:
    x = 1
    del x
print(hasattr(A, 'x'))
---
def make(n):
    class A:
        v = n
        def get(self): return n
    return A
print(make(1).v, make(2)().get())
---
class A:
    import math
    def area(self, r): return round(self.math.pi * r, 3)
    with_try = None
    try: with_try = 1 / 0
    except ZeroDivisionError: with_try = 'handled'
print(A().area(2), A.with_try)
---
class A:
    class B:
        class C: v = 'deep'
    v = B.C.v
print(A.v, A.B.C.__qualname__)
---
class A: return_ = (lambda: 5)()
print(A.return_)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
