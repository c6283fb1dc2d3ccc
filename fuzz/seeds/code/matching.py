class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def m(v):
    match v:
        case 0 | 1.5 | 'a' | None: return 'literal'
        case [x, *rest, 9] if rest: return x, rest
        case (a, b): return a, b
        case {'k': k, 'n': {'d': d}, **more}: return k, d, more
        case {}: return 'mapping'
        case P(1, y=2) as p: return p.x
        case P(x, y): return x + y
        case str(s) | bytes(s): return s
        case int(real=r): return r
        case -1 + 2j: return 'c'
        case [] | ['x', _]: return 'list'
        case _: return 'other'
for v in (0, 'a', [1, 2, 9], (3, 4), {'k': 1, 'n': {'d': 2}, 'z': 3}, {}, P(1, 2), P(5, 6), 'str', b'b', 77, -1 + 2j, [], ['x', 1], object):
    m(v)
