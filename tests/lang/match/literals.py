# match: literal, negative, complex, string, None/True/False patterns, alternatives, default.
def f(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'one or two'
        case -3: return 'minus three'
        case 1.5: return 'float'
        case 2+3j: return 'complex'
        case -1-2j: return 'neg complex'
        case 'a' | "b" 'c': return 'string'
        case b'x': return 'bytes'
        case True: return 'true'
        case None: return 'none'
        case '''multi''': return 'multi'
        case 0x10: return 'hex'
        case _: return 'default'
for v in (0, 1, 2, -3, 1.5, 2+3j, -1-2j, 'a', 'bc', b'x', True, False, None, 'multi', 16, 3, [], 1.0, 0.0, -0.0, 'b', object): print(repr(v) if v is not object else 'object', f(v))
class E:
    def __eq__(self, o): print('eq', o); return o == 1.5
print(f(E()))
def g(x):
    match x:
        case True: return 'True'
        case 1: return 'one'
        case False: return 'False'
print(g(1), g(True), g(0), g(1.0), g(False))
match 5:
    case 4: print('no')
print('fell through')
match 1, 2:
    case 1, 2: print('tuple subject')
match *[1], 2:
    case [1, 2]: print('starred subject')
match (x := 7):
    case 7: print('walrus', x)
