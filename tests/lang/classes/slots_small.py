# small uses of __slots__.
# needs: 3.13
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A: __slots__ = ('x',)
a = A(); a.x = 1; print(a.x); del a.x
a.x
---
class A: __slots__ = ('x',)
print(hasattr(A(), '__dict__'), A.__slots__)
try: A().y = 1
except AttributeError: print('AttributeError')
---
class A: __slots__ = ('x',)
class B(A): pass
b = B(); b.y = 1; b.x = 2; print(b.__dict__, b.x)
---
class A: __slots__ = ('x',)
class B(A): __slots__ = ('y',)
b = B(); b.x, b.y = 1, 2; print(b.x, b.y, hasattr(b, '__dict__'))
---
class A: __slots__ = ('x',); x = 1
---
class A: __slots__ = (1,)
---
class A: __slots__ = 'single'
a = A(); a.single = 5; print(a.single)
---
class A: __slots__ = ('a', '__dict__')
a = A(); a.a = 1; a.b = 2; print(a.__dict__)
---
class A: __slots__ = ('a',)
class B: __slots__ = ('b',)
class C(A, B): pass
---
class A: __slots__ = ()
class B(int, A): pass
print(B(5) + 1)
---
class A:
    __slots__ = ('v',)
    def __init__(self, v): self.v = v
    def inc(self): self.v += 1; return self
print(A(1).inc().inc().v)
---
class A: __slots__ = ('x',)
print(type(A.x).__name__, A.x.__get__(A, None) is not None if False else 'descriptor')
A.x = 'class attr'; print(A().x)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
