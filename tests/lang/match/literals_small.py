# match on literal patterns.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(x):
    match x:
        case 1: return 'one'
        case -1: return 'minus'
        case 'a' | 'b': return 'letter'
        case None: return 'none'
        case True: return 'true'
        case 2.5: return 'float'
        case b'x': return 'bytes'
    return 'no match'
print([f(v) for v in (1, -1, 'a', 'b', 'c', None, True, False, 1.0, 2.5, b'x', 'x', [])])
---
match 5:
    case 1 | 2: print('no')
    case 3 | 4 | 5: print('yes')
---
match 'abc':
    case 'ab' 'c': print('joined')
---
match 1:
    case True: print('True pattern')
    case 1: print('int pattern')
---
match 0:
    case False: print('False pattern')
    case _: print('wildcard')
---
match -2+3j:
    case -2+3j: print('complex')
---
match 'x':
    case 'y': pass
    case _: print('default')
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
