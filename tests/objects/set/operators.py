# Set algebra with operators, in-place forms, subset ordering, mixed types.
def plain(v):
    # A set's order is the implementation's own, so sets are shown sorted.
    if isinstance(v, (set, frozenset)):
        shown = '{' + ', '.join(sorted(map(plain, v))) + '}' if v else ''
        return shown if type(v) is set and v else f'{type(v).__name__}({shown})'
    if type(v) is tuple:
        return '(' + ', '.join(map(plain, v)) + (',)' if len(v) == 1 else ')')
    return repr(v)

def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", plain(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

a, b, e = {1, 2, 3}, {3, 4}, set()
f = frozenset([2, 3])
show(r"""
a | b, a & b, a - b, a ^ b, b - a, a | e, a & e, a - e, a ^ a, e | e, sorted(a | f), type(a | f).__name__, type(f | a).__name__, f & a, f - a, a - f, f ^ a, f | b
a <= a, a < a, a >= b, {3} < a, {3} <= a, a > {1}, e < a, e <= e, a < b, b < a, a == {3, 2, 1}, f < a, f <= a, a > f, f == {2, 3}, {2, 3} == f, a != f
a | [1]
a & (1,)
a - 'x'
a ^ None
5 | a
a < [1]
a <= 5
[1] - a
a.__or__([1]), a.__sub__(b), a.__rsub__(b), a.__rand__(b), a.__lt__(5), a.__ror__([1])
{1, 2} | {2, 3} & {3} - {1} ^ {9}
""")
x = {1, 2}; y = x; x |= {3}; print(x is y, y); x &= {2, 3, 9}; print(y); x -= {2}; print(y); x ^= {3, 5}; print(y); x -= x; print(y); x |= x; print(x)
for op in ('|=', '&=', '-=', '^='):
    try: exec('x ' + op + ' [1]', {'x': {1}})
    except TypeError as err: print(err)
g = h = frozenset([1]); g |= {2}; print(g, h, g is h); g &= {1}; print(g)
class S(set):
    def __repr__(self): return 'S' + repr(sorted(self))
print(S([1]) | {2}, {2} | S([1]), type({2} | S([1])).__name__, type(S() & {1}).__name__, S([1]).copy(), type(S().union()).__name__, S([1, 2]) - S([1]), S('ab'), S([1]) == {1}, S([3]) < {3, 4})
class F(frozenset): pass
print(type(F([1]) | {2}).__name__, type(F([1]).copy()).__name__, F([1]), F() == frozenset(), hash(F([1])) == hash(frozenset([1])))
class R:
    def __rand__(self, o): return 'rand'
    def __ror__(self, o): return 'ror'
    def __gt__(self, o): return 'gt'
print({1} & R(), {1} | R(), {1} < R(), frozenset() | R())
print(set.intersection({1, 2}, {2}), set.union(*[{1}, {2}, {3}]), set.intersection(*map(set, ['abc', 'bcd', 'c'])), {*range(3)} ^ {*range(2, 5)})
