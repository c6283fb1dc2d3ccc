# match on numbers, strings, sequences and classes in small functions.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'small'
        case str(): return 'text'
        case [a]: return ('one', a)
        case [a, b]: return ('two', a, b)
        case [a, *rest]: return ('many', a, rest)
        case {'k': v}: return ('k', v)
        case _: return 'other'
for v in (0, 1, 2, 3, 'a', [], [1], [1, 2], (1, 2, 3), {'k': 5}, {'z': 1}, None): print(v, f(v))
---
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
match P(1, 2):
    case P(0, _): print('no')
    case P(x, y=2): print('yes', x)
---
match 5:
    case n if n > 10: print('big')
    case n if n > 3: print('medium', n)
print(n)
---
match 'x':
    case 'y': print('no')
print('nothing matched')
---
match [1, [2, 3]]:
    case [a, [b, c]]: print(a, b, c)
---
for cmd in ('go north', 'take lamp', 'quit', 'dance', 'go'):
    match cmd.split():
        case ['go', ('north' | 'south') as d]: print('going', d)
        case ['take', item]: print('took', item)
        case ['quit']: print('bye')
        case [other, *_]: print('?', other)
---
match {'a': 1, 'b': 2}:
    case {'a': 1, **rest}: print(rest)
---
x = 3
match x:
    case x: print('capture', x)
---
match 1:
    case 5(): pass
---
match None, True:
    case None, True: print('singletons')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
