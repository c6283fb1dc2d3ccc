# match: capture, wildcard, as patterns, guards, binding survival.
def f(v):
    match v:
        case [a, [b, c] as inner] as whole: return a, b, c, inner, whole
        case [x, y] if x == y: return 'pair same', x
        case [x, y] if (s := x + y) > 10: return 'big', s
        case [x, _]: return 'pair', x
        case (1 | 2) as n: return 'small', n
        case str() as s if s.isupper(): return 'upper', s
        case {'k': [_, z]} as d: return z, d
        case other: return 'other', other
for v in ([1, [2, 3]], [1, 1], [5, 6], [1, 2], 1, 2, 3, 'AB', 'ab', {'k': [0, 9]}, None): print(v, f(v))
match [1, 2]:
    case [a, 3]: pass
    case [a, b]: print(a, b)
print(a, b)
match [7, 8]:
    case [p, q] if False: pass
    case _: print('guard failed but bound', p, q)
def guard_order(v):
    def t(n, r): print(n, end=' '); return r
    match v:
        case x if t('g1', False): pass
        case x if t('g2', True): return x
        case x if t('g3', True): pass
print(guard_order(5))
def raises():
    match 1:
        case x if 1 / 0: pass
try: raises()
except ZeroDivisionError: print('guard raised')
match = 'name'; case = 'too'; print(match, case)
match match:
    case case: print(case)
def nested(v):
    match v:
        case (('a' as x) | ('b' as x)), (1 | 2 as y): return x, y
        case _: return None
print(nested(('a', 1)), nested(('b', 2)), nested(('c', 1)))
