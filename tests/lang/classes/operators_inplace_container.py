# A full container class: item protocol, slices, iteration, length, reversed, del, missing hooks.
class Seq:
    def __init__(self, d): self.d = list(d)
    def __len__(self): return len(self.d)
    def __getitem__(self, i):
        if isinstance(i, slice): return Seq(self.d[i])
        if isinstance(i, tuple): return tuple(self[x] for x in i)
        return self.d[i]
    def __setitem__(self, i, v): self.d[i] = v
    def __delitem__(self, i): del self.d[i]
    def __contains__(self, v): return v in self.d
    def __add__(self, o): return Seq(self.d + list(o))
    def __radd__(self, o): return Seq(list(o) + self.d)
    def __iadd__(self, o): self.d.extend(o); return self
    def __mul__(self, n): return Seq(self.d * n)
    __rmul__ = __mul__
    def __eq__(self, o): return isinstance(o, Seq) and self.d == o.d
    def __repr__(self): return f'Seq({self.d})'
s = Seq('abcd')
print(len(s), s[0], s[-1], s[1:3], s[::-1], s[0, 2], list(s), 'a' in s, s + 'x', ['y'] + s, 2 * s[:1], list(reversed(s)), bool(Seq('')), s == Seq('abcd'), [*s], max(s))
s[0] = 'Z'; s[1:3] = 'QQ'; del s[-1]; s += 'end'; print(s); del s[:2]; print(s, sorted(s), '-'.join(s), dict(enumerate(s)), tuple(zip(s, s)))
a, *b = s; print(a, b)
for f in (lambda: s[99], lambda: s['x'], lambda: hash(s), lambda: s < s, lambda: s - s):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class Rev:
    def __reversed__(self): return iter('custom reversed')
class NoRev(Seq): __reversed__ = None
print(''.join(reversed(Rev())))
try: reversed(NoRev('a'))
except TypeError as e: print(e)
class Len:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
for v in (0, 5, True, -1, 2.5, 'a', 10**30, None):
    try: print(len(Len(v)))
    except Exception as e: print(type(e).__name__, e)
class Neg:
    def __len__(self): return 5
    def __getitem__(self, i): return i
print(Neg()[-1], Neg()[1:2], Neg()[:-1], Neg()[...], [x for x, _ in zip(Neg(), range(3))], next(reversed(Neg())))
