# for-else and while-else with break at each place.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
for i in range(3):
    if i == 1: break
else: print('no')
print(i)
---
for i in range(3): pass
else: print('else', i)
---
for i in []: pass
else: print('empty else')
---
while False: pass
else: print('while else')
---
n = 3
while n:
    n -= 1
    if n == 1: break
else: print('no')
print(n)
---
for i in range(2):
    for j in range(2):
        if j: break
    else: print('inner else')
else: print('outer else')
---
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0: print(n, '=', d, '*', n // d); break
    else: print(n, 'prime')
---
def f():
    for i in range(3):
        try:
            if i == 1: return 'returned'
        finally: print('f', i)
    else: return 'else'
print(f())
---
for i in range(3):
    continue
    print('unreachable')
else: print('after continue')
---
while True:
    break
else: print('no')
print('done')
---
for x in 'ab': 
    for x in 'cd': pass
    print(x)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
