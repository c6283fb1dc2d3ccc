# is, ==, and comparisons with None.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print(None == None, None is None, None != 0, None == False, [] is [], () is (), 1 is not None)
---
None < 1
---
x = y = []
print(x is y, x is not y, x == [])
---
class A:
    def __eq__(self, o): return True
print(A() == None, None == A(), A() is None, A() != None)
---
print([None] == [None], None in [0], None in [None], [].count(None))
---
print(True is True, True == 1, True is 1 == 1, not None, None or 'x', None and 'y')
---
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1, 1 == 1.0 == True, 1 < 2 > 0, 'a' < 'b' < 'c' == 'c')
---
print(1 < 'a')
---
print([1] < [2] < [3], (1, 2) < (1, 3) <= (1, 3))
---
def f(n): print(n, end=' '); return n
print(f(1) < f(2) < f(3)); print(f(3) < f(2) < f(1))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
