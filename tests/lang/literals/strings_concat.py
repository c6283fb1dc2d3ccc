# Adjacent literals join at compile time, across lines and prefixes.
x = 'a' "b" '''c''' """d"""
print(x)
y = ('one '
     "two "  # a comment between
     r'\three '
     f'{1 + 3}')
print(y)
print(b'a' b"b" br'\c')
print('%s' '%s' % ('x', 'y'))
print('-' 'x' * 3)
print(['a' 'b', 'c'])
print(len('a' 'b' ''), '' '' == '')
print(f'{1}' 'mid{2}' f'{3}')
print('a' 'b'.upper())
def g(s): return s
print(g('x' 'y'))
