# small properties.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    def __init__(self): self._x = 1
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    @x.deleter
    def x(self): self._x = 'deleted'
a = A(); print(a.x); a.x = 5; print(a.x); del a.x; print(a.x)
---
class A:
    @property
    def x(self): return 1
a = A(); print(a.x, A.x.fget(a)); a.x = 2
---
class A:
    @property
    def x(self): return 1
del A().x
---
class A: x = property()
A().x
---
class A:
    @property
    def x(self): raise ValueError('in getter')
A().x
---
class A:
    @property
    def area(self): return self.w * self.h
    def __init__(self, w, h): self.w, self.h = w, h
r = A(2, 3); print(r.area); r.w = 10; print(r.area)
---
class A:
    @property
    def x(self): return 'A'
class B(A):
    @property
    def x(self): return super().x + 'B'
print(B().x)
---
class A:
    x = property(lambda s: 'lam', doc='the doc')
print(A().x, A.x.__doc__, type(A.x))
---
class A:
    def get(self): return self.__v
    def set(self, v): self.__v = v
    v = property(get, set)
a = A(); a.v = 3; print(a.v, vars(a))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
