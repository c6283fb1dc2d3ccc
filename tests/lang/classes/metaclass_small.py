# small metaclasses.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class M(type):
    def __new__(m, n, b, d): d['added'] = n.lower(); return super().__new__(m, n, b, d)
class A(metaclass=M): pass
class B(A): pass
print(A.added, B.added, type(B).__name__)
---
class M(type):
    def __call__(cls, *a): return ('intercepted', a)
class A(metaclass=M): pass
print(A(1, 2))
---
class M(type):
    def __len__(cls): return 7
    def __iter__(cls): return iter('xy')
    def __getitem__(cls, k): return k
    def __contains__(cls, k): return True
    def __repr__(cls): return 'M!' + cls.__name__
class A(metaclass=M): pass
print(len(A), list(A), A[5], 1 in A, A)
---
class M(type): x = 'meta'
class A(metaclass=M): pass
print(A.x); A().x
---
class M(type):
    def __prepare__(n, b, **k): return {'from_prepare': 1}
class A(metaclass=M): y = from_prepare
print(A.y)
---
class M1(type): pass
class M2(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
class C(A, B): pass
---
class M(type):
    reg = []
    def __init__(cls, n, b, d): super().__init__(n, b, d); M.reg.append(n)
class A(metaclass=M): pass
class B(A): pass
print(M.reg)
---
class A(metaclass=lambda *a: a[0]): pass
print(A)
---
print(type('T', (), {'x': 1}).x, type(type('T', (), {})), type.__mro__)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
