# dataclasses: generated methods, options, fields, inheritance, errors.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from dataclasses import dataclass, field, fields, asdict, astuple, replace, make_dataclass, is_dataclass, FrozenInstanceError, InitVar, KW_ONLY
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, repr=False, compare=False)
p = P(1); p.tags.append('t'); print(p, P(1, 2), P(1) == P(1), P(1) == P(2), P(1) != P(1), P(1) == (1, 0), asdict(p), astuple(p), replace(p, x=5), [f.name for f in fields(P)], P.__match_args__, is_dataclass(P), is_dataclass(p), p.tags is P(1).tags, P.__hash__)
err(P); err(P, 1, 2, 3, 4); err(P, z=1); err(hash, p); err(replace, p, nope=1); err(lambda: P(1) < P(2)); err(fields, 5); err(asdict, 5); err(replace, 5)
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = 'z'
f = F(1); print(f, hash(f) == hash(F(1)), F(1) < F(2), sorted([F(2), F(1, 'y'), F(1)]), F(1) <= F(1), max(F(1), F(0)), {F(1): 'k'}[F(1)])
err(setattr, f, 'a', 2); err(delattr, f, 'a'); err(lambda: F(1) < 5)
@dataclass
class Base:
    a: int = 1
    def __post_init__(self): self.post = self.a * 2
@dataclass
class Child(Base):
    b: int = 2
    a: int = 10
c = Child(); print(c, c.post, [f.name for f in fields(c)])
@dataclass
class IV:
    x: int
    scale: InitVar[int] = 2
    y: int = field(init=False)
    def __post_init__(self, scale): self.y = self.x * scale
print(IV(3), IV(3, 5).y)
@dataclass
class KW:
    a: int
    _: KW_ONLY
    b: int = 5
    c: int = field(kw_only=True, default=6)
print(KW(1, b=2), KW.__match_args__); err(KW, 1, 2)
@dataclass(slots=True)
class S: v: int = 3
print(S(), S.__slots__)
@dataclass(repr=False, eq=False)
class N: v: int = 1
print(N() == N(), repr(N())[:12]); M = make_dataclass('M', [('x', int), ('y', int, 5), 'z'] [:2], namespace={'m': lambda s: s.x}); print(M(1), M(2).m())
def bad1():
    @dataclass
    class B:
        a: int = 1
        b: int
def bad2():
    @dataclass
    class B: a: list = []
def bad3():
    @dataclass(order=True, eq=False)
    class B: a: int
def bad4():
    @dataclass
    class B(F): c: int = 1
err(bad2); err(bad3); err(bad4); err(field, default=1, default_factory=list)
@dataclass
class Nest: p: P; l: list
print(asdict(Nest(P(1), [P(2), {'k': P(3)}])), astuple(Nest(P(1), (1,)))); err(make_dataclass, 'X', ['1a']); err(make_dataclass, 'X', ['class']); err(make_dataclass, 'X', ['a', 'a'])
