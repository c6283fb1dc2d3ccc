# namedtuple: fields, defaults, rename, methods, errors.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from collections import namedtuple
P = namedtuple('P', 'x y'); p = P(1, y=2)
print(p, p.x, p[1], p._fields, p._asdict(), p._replace(x=9), P._make([5, 6]), P(*[3, 4]), p == (1, 2), hash(p) == hash((1, 2)), len(p), tuple(p), P.__name__, P.__doc__, P.x.__doc__, p + (3,), p[0:1], P.__bases__, isinstance(p, tuple), p < P(2, 0), P._field_defaults, P.__match_args__)
D = namedtuple('D', ['a', 'b', 'c'], defaults=[10, 20]); print(D(1), D(1, c=5), D._field_defaults, D.__new__.__defaults__); print(namedtuple('C', 'a, b,c')(1, 2, 3), namedtuple('E', [])(), namedtuple('R', 'x class x _y 1z', rename=True)._fields, namedtuple('M', 'a', module='mod').__module__)
err(P); err(P, 1); err(P, 1, 2, 3); err(P, 1, z=2); err(P, 1, x=2); err(namedtuple, 'T', 'a a'); err(namedtuple, 'T', 'class'); err(namedtuple, 'T', '_x'); err(namedtuple, 'T', '1x'); err(namedtuple, '1T', 'a'); err(namedtuple, 'class', 'a'); err(namedtuple, 'T', 'a b', defaults=[1, 2, 3]); err(P._make, [1]); err(p._replace, z=1); err(setattr, p, 'x', 5); err(setattr, p, 'new', 1); err(lambda: p.z); err(namedtuple, 'T'); err(namedtuple, 'T', 5)
class Q(P):
    __slots__ = ()
    @property
    def sum(self): return self.x + self.y
    def __str__(self): return f'<{self.x},{self.y}>'
q = Q(3, 4); print(q, repr(q), q.sum, q._replace(x=1).sum, type(q._replace(y=0)).__name__)
x, y = p; print(x, y); a, *b = D(1); print(a, b)
match p:
    case P(1, y=v): print('matched', v)
import copy, pickle; print(copy.copy(p), copy.deepcopy(p), pickle.loads(pickle.dumps(p)) == p, sorted([P(2, 1), P(1, 9)]), max(P(0, 0), p), P.__new__(P, 7, 8), p.__getnewargs__(), p.count(1), p.index(2))
P.__doc__ = 'changed'; P.x.__doc__ = 'x changed'; print(P.__doc__, P.x.__doc__); import typing
class T(typing.NamedTuple):
    "typed"
    a: int
    b: str = 'dflt'
    def m(self): return self.a * 2
print(T(1), T(2, 'z').m(), T._field_defaults, T.__annotations__, T._fields, T.__doc__); err(T)
