# docstrings, implicit concatenation and constants in code.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f():
    'doc'
    return f.__doc__
print(f())
---
def f(): 'only a doc'
print(f(), f.__doc__)
---
class A: 'class doc'; x = 1
print(A.__doc__, A.x)
---
def f(): return 'a' 'b' \
    'c'
print(f())
---
x = ('one '
     'two')
print(x)
---
'statement string'
print('strings as statements are fine')
---
def f(x='default' 'd'): return x
print(f())
---
print('a' * 3 'b' if False else 'syntax')
---
print("it's" 'a "mix"', 'tab\t' r'\t', 'é' '\u00e9' == 'éé')
---
assert 'non-empty', 'never'
print(bool('False'), 'x' if 'y' else 'z', len('a' 'b' 'c'))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
