# class decorators, keyword arguments and dynamic bases.
# needs: 3.13
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def deco(cls): cls.tag = 'decorated'; return cls
@deco
class A: pass
print(A.tag)
---
def replace(cls): return 'not a class'
@replace
class A: pass
print(A)
---
class Meta(type):
    def __new__(m, n, b, d, **k): print('kw', k); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
class A(metaclass=Meta, x=1, y=2): pass
---
class A(x=1): pass
---
bases = (int, object)
class A(*bases): pass
kw = {'metaclass': type}
class B(*[A], **kw): pass
print(B.__mro__[1].__name__, B(5))
---
class A(5): pass
---
class A('str'): pass
---
class A(None): pass
---
class A(print): pass
---
class A(bool): pass
---
class M:
    def __mro_entries__(self, bases): print('entries', len(bases)); return (list,)
class A(M()): pass
print(A.__bases__, len(A.__orig_bases__))
---
class M:
    def __mro_entries__(self, bases): return 5
class A(M()): pass
---
def counted(cls):
    cls.n = 0
    orig = cls.__init__
    def init(self, *a): cls.n += 1; orig(self, *a)
    cls.__init__ = init
    return cls
@counted
class C:
    def __init__(self, v): self.v = v
C(1); C(2); print(C.n)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
