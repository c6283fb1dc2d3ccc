# and, or, not and conditional expressions choose operands lazily.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(x): print(x, end=' '); return x
print(f(0) and f(1), f(1) and f(2), f(0) or f(3), f(4) or f(5), not f(0))
print(f(1) if f(0) else f(2), f(1) if f(3) else f(2))
---
print(0 or '' or [] or 'last', 1 and 'a' and [2], 0 and 1 / 0, 1 or 1 / 0)
---
print(not '', not 'a', not not 5, (not 1) + 1)
---
x = None
print(x and x.attr, (x or []) + [1], x if x is not None else 'default')
---
print(1 if True else 2 if False else 3, (lambda: 1 if 0 else 2)(), [a if a else b for a, b in [(0, 1), (2, 3)]])
---
class B:
    def __bool__(self): raise ValueError('bool called')
B() and 1
---
print([] and {} or (), [0] and 'x', (0 or 1) and (2 or 3), 0 or (0 and 1) or None)
---
a = b = 0
a or (b := 5)
print(b, 5 > 3 and 2 > 1, 5 > 3 or undefined_name)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
