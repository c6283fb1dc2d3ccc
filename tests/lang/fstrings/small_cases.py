# small f-strings that every version accepts.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
x, s = 5, 'a'
print(f'{x}', f'{x + 1}', f'{s!r}', f'{x:3}|', f'{s:>3}', f'{x:03d}', f'{1.5:.2f}', f'{{}}', f'{x}{s}', f'', f'{x=}', f'{s=}')
---
print(f'{[1, 2][0]}', f"{ {'k': 1}['k'] }", f'{(lambda: 5)()}', f'{len("abc")}', f'{"a" if True else "b"}', f'{1 == 1}', f'{None}')
---
w = 6
print(f'{3.14159:{w}.2f}|', f'{"x":^{w}}|', f'{"x":*>{w}}', f'{10:#x}', f'{10:b}', f'{1000:,}')
---
print(f'{undefined}')
---
print(f'{"a":d}')
---
print(f'{1:s}')
---
class A:
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'
    def __format__(self, s): return 'fmt ' + s
print(f'{A()} {A()!s} {A()!r} {A():spec}')
---
print('a' f'{1}' "b" f"{2}", f'a{1}b{2}c')
---
print(rf'\{1}', f'\n{1}'.encode(), f'{1}\t{2}')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
