# order in small statements.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(x): print(x, end=' '); return x
f(1) + f(2) * f(3); print()
[f(1), f(2)][f(0)]; print()
{f(1): f(2), f(3): f(4)}; print()
print(f(1), f(2), sep=f('-'))
a = {}; a[f(1)] = f(2); print()
a[f(1)] += f(5); print(a)
x, y = f(1), f(2); print()
f(1) < f(2) < f(0) < f(9); print()
f(0) or f(1) and f(2); print()
f(1) if f(0) else f(2); print()
---
def f(x): print(x, end=' '); return x
def g(a=f('default'), *b, c=f('kw')): pass
print()
g(f(1), *[f(2)], c=f(3)); print()
lambda x=f('lam'): f('body'); print()
[f(i) for i in f([1, 2]) if f(i) > 1]; print()
(f(i) for i in f([1])); print('lazy')
---
def f(x): print(x, end=' '); return x
class A(f(object)): f('body')
print()
for i in f([1, 2]): f(i)
print()
assert f(1), f('msg'); print()
del [f(1)][f(0)]; print()
---
def f(x): print(x, end=' '); return x
try: raise f(ValueError) from f(None)
except f(ValueError): f('handler')
print()
i = 0; l = [0, 0]
i, l[i] = 1, 5; print(l)
l[0], l[1] = f(l[1]), f(l[0]); print(l)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
