# small __new__ methods.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    def __new__(cls, *a): print('new', a); return super().__new__(cls)
    def __init__(self, *a): print('init', a)
A(1)
---
class A:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(A())
---
class A:
    one = None
    def __new__(cls):
        if not cls.one: cls.one = super().__new__(cls)
        return cls.one
print(A() is A())
---
class A(int):
    def __new__(cls, v): return super().__new__(cls, v + 1)
print(A(5), type(A(5)).__name__, A(5) + 1)
---
class A(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
print(A(1, 2), A()[:])
---
class A(str):
    def __new__(cls, s): return super().__new__(cls, s.upper())
print(A('abc'), A('x') + 'y')
---
class A:
    def __init__(self): return 'value'
A()
---
class A:
    def __new__(): pass
A()
---
object.__new__(int)
---
object(1)
---
class A:
    def __new__(cls, x): return object.__new__(cls, x)
A(1)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
