# small del statements.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
x = 1
del x
x
---
l = [1, 2, 3]; del l[1]; print(l); del l[:]; print(l)
---
d = {'a': 1}; del d['a']; print(d); del d['a']
---
class A: y = 1
a = A(); a.x = 1; del a.x; print(a.__dict__); del a.y
---
class A: y = 1
del A.y; A.y
---
def f(x): del x; return x
f(1)
---
a, b, c = 1, 2, 3
del a, (b, c)
print('a' in globals(), 'c' in globals())
---
del [1, 2][0]; print('temp ok')
---
del (1,)[0]
---
del 'abc'[0]
---
l = list(range(6)); del l[::2], l[0]; print(l)
---
import math
del math
math
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
