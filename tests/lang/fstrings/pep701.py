# 3.12 f-strings: same quotes inside, backslashes, comments, deep nesting, newlines.
# needs: 3.12
x = 'v'; l = ['a', 'b']; d = {'k': 'val'}
print(f'{'same'} {d['k']} {', '.join(l)}', f"{"dq"}", f'{'\n'.join(l)!r}', f'{'\\'} {"\x41"}')
print(f'{f'{f'{f'{x}'}'}'}', f'{x # comment }
}', f'{
    x  # first
    +
    'y'  # second
}')
print(f'{f"{x!r}":>6}', f'{x:{'>'}{'5'}}', f'{'a' 'b'}', f'{"'"}', f'{'{'} {'}'}', f'{d[f'{'k'}']}', f'{'''triple'''}')
print(f'{x!r:{'^'}{10}}|', f"{x=}", f'{'a'=}', f'{  d['k']  =  }', f'{lambda_ if False else 'cond'}', f'{(lambda: 'lam')()}')
print(f'''{'''in'''} {"""x"""}''', rf'{'\d'}', f'{r'\d'}', f'{b'\x00'}', f'{x:\x20>3}', f'{x:{"\x2a"}>3}')
print(f'{ {'a': 1}['a'] }', f'{ {1, 2} == {2, 1} }', f'{[f'{i}' for i in range(2)]}', f'{x!s}{x!a}{x:s}', f"{f'{1:{2}}':>{3}}")
print(f'{x}\N{SNOWMAN}', f'\{6}' if False else '', f'{1:{1:{1}}}', f'{{{'x'}}}')
