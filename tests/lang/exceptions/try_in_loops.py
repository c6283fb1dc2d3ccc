# try statements inside loops with every jump.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
for i in range(5):
    try:
        if i == 1: continue
        if i == 3: break
        print('body', i)
    except ValueError: pass
    else: print('else', i)
    finally: print('finally', i)
---
n = 0
while True:
    try:
        n += 1
        if n < 3: raise ValueError(n)
        break
    except ValueError as e: print('retry', e)
print(n)
---
out = []
for a in (1, 0, 'x', None, 2):
    try: out.append(10 // a)
    except ZeroDivisionError: out.append('zero')
    except TypeError: out.append('type')
print(out)
---
for i in range(2):
    for j in range(2):
        try:
            if i == j: raise KeyError((i, j))
        except KeyError as e:
            print(e)
            break
        else: print('ok', i, j)
---
def f():
    for i in range(3):
        try:
            try: raise ValueError(i)
            except ValueError:
                if i < 2: continue
                return 'returned', i
        finally: print('fin', i)
print(f())
---
it = iter([1, 2])
while True:
    try: print(next(it))
    except StopIteration: break
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
