# functions defined in functions, classes, loops and conditions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def outer(flag):
    if flag:
        def f(): return 'then'
    else:
        def f(): return 'else'
    return f()
print(outer(1), outer(0))
---
fs = []
for i in range(3):
    def f(x, i=i): return x * i
    fs.append(f)
print([f(10) for f in fs])
---
def a():
    def b():
        def c(): return c.__qualname__
        return c()
    return b()
print(a())
---
class A:
    def m(self):
        def helper(x): return x * 2
        return helper(self.v)
    v = 4
print(A().m())
---
def f():
    def f(): return 'inner f'
    return f()
print(f())
---
def f(): return g()
def g(): return 'g1'
print(f())
def g(): return 'g2'
print(f())
---
try:
    def f(): return 'defined in try'
finally: print(f())
---
def fact(n):
    def go(n, acc): return acc if n == 0 else go(n - 1, acc * n)
    return go(n, 1)
print(fact(10))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
