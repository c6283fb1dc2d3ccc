# small __init_subclass__ and __set_name__.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    subs = []
    def __init_subclass__(cls): A.subs.append(cls.__name__)
class B(A): pass
class C(B): pass
print(A.subs)
---
class A:
    def __init_subclass__(cls, tag='none'): cls.tag = tag
class B(A, tag='b'): pass
class C(B): pass
print(B.tag, C.tag)
class D(A, wrong=1): pass
---
class N:
    def __set_name__(self, o, n): print('named', o.__name__, n)
class A: x = N(); y = N()
---
class A:
    def __init_subclass__(cls): raise TypeError('final')
class B(A): pass
---
class A:
    def __init_subclass__(cls, **k): super().__init_subclass__(**k)
class B(A, x=1): pass
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
