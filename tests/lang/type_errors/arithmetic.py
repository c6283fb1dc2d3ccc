# operands that do not fit.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
1 + 'a'
---
'a' + 1
---
[1] + (1,)
---
None + None
---
{} + {}
---
'a' - 'b'
---
'a' * 'b'
---
[1] * 1.5
---
1 / 'a'
---
1 // None
---
1 % 'a'
---
2 ** 'a'
---
1 << 1.5
---
1 & 'a'
---
'a' | 'b'
---
-'a'
---
~1.5
---
+[]
---
not_here + 1
---
1 < 'a'
---
None > None
---
[] < {}
---
1j < 1
---
x = 1; x += 'a'
---
x = []; x += 5
---
x = 'a'; x -= 'b'
---
x = None; x @= 1
---
class A: pass
A() + A()
---
class A: pass
A() < A()
---
class A: pass
-A()
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
