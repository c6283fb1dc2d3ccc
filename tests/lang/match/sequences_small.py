# match on sequence patterns.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(x):
    match x:
        case []: return 'empty'
        case [1]: return 'just one'
        case [1, *r]: return ('1 then', r)
        case [a, b]: return ('pair', a, b)
        case [*i, 'end']: return ('ends', i)
        case [a, *m, z]: return (a, m, z)
        case _: return 'none'
for v in ([], [1], [1, 2, 3], (5, 6), [1, 'end'], [7, 8, 'end'], [7, 8, 9], 'ab', {1, 2}, range(2), None, iter([])): print(f(v))
---
match [[1, 2], [3]]:
    case [[a, b], [c]]: print(a, b, c)
---
match (1, 2):
    case 1, x: print(x)
---
match [1, 2, 3]:
    case [*_]: print('any list')
---
match []:
    case [*a]: print(a)
---
match [1, 2]:
    case (1 | 3) as a, b if b > 1: print(a, b)
---
match 'hello':
    case [*_]: print('sequence')
    case str(): print('strings are not sequences')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
