# small annotations that every version accepts.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(a: int, b: str = 'x') -> bool: pass
print(f.__annotations__)
---
x: int = 5
print(x)
---
class A:
    a: int
    b: str = 'b'
print(A.__annotations__, A.b, hasattr(A, 'a'))
---
y: int
print(y)
---
def f():
    z: undefined_type = 1
    return z
print(f(), f.__annotations__)
---
def f(*args: int, **kw: str): pass
print(f.__annotations__)
---
class A: pass
a = A(); a.x: int = 5; print(a.x)
d = {}; d['k']: int = 1; print(d)
---
def f(a: 'forward', b: 1 + 1): pass
print(f.__annotations__)
---
(w): int = 3; print(w)
---
lambda_ = lambda x: x
print(lambda_.__annotations__)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
