# return, break and continue in finally override what was pending.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f():
    try: return 1
    finally: return 2
print(f())
---
def f():
    try: raise ValueError
    finally: return 'swallowed'
print(f())
---
def f():
    for i in range(3):
        try: raise ValueError
        finally: continue
    return 'done', i
print(f())
---
def f():
    while True:
        try: return 'never'
        finally: break
    return 'after break'
print(f())
---
def f():
    try:
        try: 1 / 0
        finally: raise KeyError('replaced')
    except KeyError as e: return repr(e), type(e.__context__).__name__
print(f())
---
def f():
    for x in 'ab':
        try: pass
        finally:
            for y in 'cd':
                break
    return x, y
print(f())
---
def f():
    try: return [].append(1) or 'value'
    finally: print('before')
print(f())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
