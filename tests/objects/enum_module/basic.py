# Enum: members, lookup, aliases, iteration, IntEnum, Flag, auto, errors.
# needs: 3.12
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum
class C(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def m(self): return self.name.lower()
    @property
    def p(self): return self.value * 10
print(C.RED, repr(C.RED), C.RED.name, C.RED.value, C(2), C['GREEN'], C.CRIMSON is C.RED, list(C), len(C), C.RED in C, C.RED.m(), C.GREEN.p, C.__members__.keys(), C.RED == C.RED, C.RED == 1, C.RED != C.GREEN, {C.RED: 1}[C.RED], type(C.RED), isinstance(C.RED, C), list(reversed(C)), C.RED.__class__, f'{C.RED}', '%s' % C.RED, str(C), repr(C), bool(C.RED))
err(lambda: C(9)); err(lambda: C['X']); err(lambda: C.X); err(setattr, C, 'RED', 5); err(lambda: C.RED < C.GREEN); err(delattr, C, 'RED'); err(setattr, C.RED, 'value', 5); err(lambda: C()); err(lambda: C('RED'))
def sub():
    class D(C): Z = 3
def dup():
    class E(Enum): A = 1; A = 2
def uniq():
    @unique
    class E(Enum): A = 1; B = 1
err(sub); err(dup); err(uniq)
class I(IntEnum): A = 1; B = 2
print(I.A, repr(I.A), I.A + 1, I.A < I.B, I.A == 1, f'{I.A}', '%d' % I.B, [10, 20, 30][I.A], sorted([I.B, I.A]), I(1), isinstance(I.A, int), hash(I.A) == hash(1), I.A | 2, type(I.A | 2), int(I.B))
class F(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(F.R | F.W, F.RW, repr(F.R | F.X), F.R & F.RW, F.RW ^ F.R, ~F.R, bool(F.R & F.W), F.R in F.RW, F(3), list(F.RW), len(F.RW), F(0), [f.value for f in F], F.RW.name, (F.R | F.X).name)
err(lambda: F(99)); err(lambda: F.R | 1); err(lambda: 1 in F.R)
class IF(IntFlag): A = 1; B = 2
print(IF.A | IF.B, IF.A | 8, IF(8), IF.A + 1, ~IF.A, IF.A & 3, repr(IF(0)))
class S(StrEnum): ONE = auto(); TWO = 'dos'
print(S.ONE, S.TWO == 'dos', repr(S.ONE), S.TWO.upper(), f'{S.ONE}', S('dos'), '-'.join(S))
class A(Enum):
    def _generate_next_value_(name, start, count, last): return name + str(count)
    X = auto(); Y = auto()
print([m.value for m in A])
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, r): self.mass, self.r = mass, r
print(Planet.EARTH.mass, Planet((0.64, 3.39)), Planet.MARS.value)
class Miss(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v): return cls.A if v == 'default' else None
print(Miss('default')); err(lambda: Miss('z')); D = Enum('D', 'a b c'); print(list(D), Enum('E2', {'p': 10, 'q': 20}).q.value, IntEnum('N', ['x', 'y'], start=5).y + 0)
import copy, pickle; print(copy.deepcopy(C.RED) is C.RED, C.RED.__hash__() == hash('RED')) 
