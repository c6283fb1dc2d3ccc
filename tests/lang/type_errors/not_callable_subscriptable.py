# calling, subscripting and iterating what cannot be.
# needs: 3.14
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
5()
---
'a'()
---
None()
---
[1]()
---
class A: pass
A()()
---
5[0]
---
None[0]
---
class A: pass
A()[0]
---
A = type('A', (), {})
A[0]
---
(lambda: 0)[0]
---
len[0]
---
for x in 5: pass
---
for x in None: pass
---
for x in (lambda: 0): pass
---
a, b = 5
---
[*5]
---
{**5}
---
print(*5)
---
x = 5; x[0] = 1
---
x = 'a'; x[0] = 'b'
---
x = (1,); x[0] = 2
---
x = 5; del x[0]
---
x = None; x.attr = 1
---
5 in 5
---
with 5: pass
---
len(5)
---
next([])
---
{[1]}
---
raise 5
---
raise 'string'
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
