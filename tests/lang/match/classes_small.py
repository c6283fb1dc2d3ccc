# match on class patterns.
# needs: 3.12
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def f(v):
    match v:
        case P(0, 0): return 'origin'
        case P(0, y): return ('on y', y)
        case P(x=x, y=0): return ('on x', x)
        case P(): return 'point'
        case int(n): return ('int', n)
        case str(s) if len(s) > 2: return ('long', s)
        case str(): return 'short'
        case float() | complex(): return 'number'
        case list(l): return ('list', l)
        case _: return 'else'
for v in (P(0, 0), P(0, 5), P(3, 0), P(1, 1), 5, True, 'abc', 'a', 1.5, 2j, [1], (1,), None): print(f(v))
---
class Q: pass
match Q():
    case Q(1): pass
---
match 5:
    case int(1, 2): pass
---
class Q: x = 1
match Q():
    case Q(x=1, y=2): print('no')
    case Q(x=1): print('x only')
---
match 1:
    case 5(): pass
---
n = 5
match 1:
    case n(): pass
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
