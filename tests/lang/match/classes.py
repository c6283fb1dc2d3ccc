# match: class patterns, __match_args__, builtin positional classes, errors.
# needs: 3.12
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Q(P): __match_args__ = ('y',)
class N:
    def __init__(self): self.a = 1
def f(v):
    match v:
        case Q(5): return 'Q y=5'
        case P(0, 0): return 'origin'
        case P(x, y=0): return 'x axis', x
        case P(x=P(a, b), y=y): return 'nested', a, b, y
        case P(): return 'P'
        case N(a=1, b=2): return 'N ab'
        case N(a=1): return 'N a'
        case int(n) if n > 100: return 'big int', n
        case bool(): return 'bool'
        case int() | float() as num: return 'num', num
        case str(s): return 'str', s
        case list([a, *_]): return 'list', a
        case tuple((1, b)): return 'tuple', b
        case dict({'k': v2}): return 'dict', v2
        case bytes(b): return 'bytes', b
        case frozenset(fs) | set(fs): return 'set', fs
        case type(): return 'type'
        case object(__class__=c): return c.__name__
for v in (Q(1, 5), P(0, 0), P(3, 0), P(P(1, 2), 9), P(8, 8), Q(1, 2), N(), 101, True, 5, 2.5, 'str', [7, 8], [], (1, 'b'), {'k': 'v'}, b'by', {1}, frozenset([2]), int, None): print(f(v))
def t(pat, v):
    try: exec(f'match v:\n case {pat}: print("matched")\n case _: print("no match")', {**globals(), 'v': v})
    except Exception as e: print(type(e).__name__, e)
t('P(1, 2, 3)', P(1, 2)); t('P(1, x=1)', P(1, 2)); t('N(1)', N()); t('int(1, 2)', 1); t('bool(True)', True); t('int(real=5)', 5); t('object()', 5); t('object(x)', 5); t('v()', 5); t('len()', 5); t('P(1, z=3)', P(1, 2)); t('type(int)', str)
class B1: __match_args__ = ['x']
class B2: __match_args__ = (5,)
class B3: __match_args__ = 'x'
t('B1(1)', B1()); t('B2(1)', B2()); t('B3(1)', B3()); t('undefined()', 1)
class Prop:
    @property
    def p(self): raise AttributeError
    @property
    def q(self): raise ValueError('prop')
t('Prop(p=1)', Prop()); t('Prop(q=1)', Prop())
class Meta(type):
    def __instancecheck__(c, i): return i == 'virtual'
class V(metaclass=Meta): pass
t('V()', 'virtual'); t('V()', 5); t('V()', V())
