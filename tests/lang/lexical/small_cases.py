# small lexical oddities that are valid.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
x = 1; y = 2
if x: pass; print('one line')
---
x = (1 +
     2)
y = [1,
     2, ]
print(x, y)
---
x = 1 \
    + 2
print(x)
---
# only a comment
---

---
if 1:
    # comment first
    print('after comment')

    print('after blank')
# dedent
print('end')
---
é = 'accent'; _ = 1; __ = 2; print(é, _, __)
---
print(1_000, 0x_f, 0b1_0, 1e1_0, 1_0.0_1, 0o17, 0XF, 5j, .5, 5., 1e-3)
---
def f(): return 1; print('never')
print(f())
---
if True: print('a'); print('b')
else: print('c')
---
class A: pass; x = 1
print(A.x)
---
lambda: (yield)
print('fine')
---
for i in range(2): print(i); print(i)
---
while 0: pass
else: print('else')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
