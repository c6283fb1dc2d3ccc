# small assert statements.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
assert True
assert 1, 'never'
print('ok')
---
assert False
---
assert 0, 'message'
---
assert [], [1, 2]
---
assert None, None
---
def f(): raise ValueError('evaluated')
assert True, f()
print('lazy message')
---
def f(): raise ValueError('evaluated')
assert False, f()
---
try: assert 1 == 2, 'one is not two'
except AssertionError as e: print(e, e.args)
---
x = 5
assert x > 3 and x < 10, f'{x} out of range'
assert isinstance(x, int) is True
print('fine')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
