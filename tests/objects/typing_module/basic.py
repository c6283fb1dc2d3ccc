# typing: Optional, Union, Generic, Protocol, TypedDict, get_type_hints, cast, NewType.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import typing as t
T = t.TypeVar('T'); K = t.TypeVar('K', bound=int); V = t.TypeVar('V', int, str)
print(t.List[int], t.Dict[str, t.Any], t.Tuple[int, ...], t.Callable[[int], str], t.Callable[..., None], t.Literal[1, 'a', None], t.ClassVar[int], t.Final[str], t.Annotated[int, 'meta'], t.Type[T], t.Any, t.NoReturn, T, K.__bound__, V.__constraints__, t.get_origin(t.List[int]), t.get_args(t.Dict[int, str]), t.get_args(t.Callable[[int], str]), t.get_origin(list[int]), t.get_origin(int))
class G(t.Generic[T]):
    def __init__(self, v: T): self.v = v
class H(G[int]): pass
class M(t.Generic[T, K]): pass
print(G[int], G[int](5).v, H(1).v, G.__parameters__, H.__orig_bases__, M[str, int], G[T][str], G(3).v, t.get_origin(G[int]) is G, [b.__name__ for b in H.__mro__])
err(lambda: G[()]) if False else None; err(lambda: G[int, str]); err(lambda: t.List[int, str]); err(lambda: t.Any()); err(lambda: isinstance(1, t.Any)); err(lambda: isinstance([], t.List[int])); err(lambda: t.Generic[int]); err(lambda: t.TypeVar('X', int)); err(lambda: t.ClassVar[int, str]); err(lambda: t.cast(int, 'a'))
@t.runtime_checkable
class P(t.Protocol):
    x: int
    def m(self): ...
class I: x = 1; m = lambda s: 0
print(isinstance(I(), P), isinstance(5, P)); err(P)
class NP(t.Protocol):
    def q(self): ...
err(lambda: isinstance(1, NP))
class TD(t.TypedDict):
    a: int
    b: t.NotRequired[str]
print(TD(a=1), TD({'a': 2}), sorted(TD.__required_keys__), sorted(TD.__optional_keys__), TD.__total__, type(TD(a=1))); err(lambda: isinstance({}, TD))
class Hints:
    a: 'int'
    b: t.Optional['Hints'] = None
    c: t.List['str']
def f(x: 'int', y: T = None) -> 'str': pass
print(t.get_type_hints(Hints)['a'], t.get_type_hints(Hints)['c'], t.get_type_hints(f)); N = t.NewType('N', int); print(N(5), N.__name__, N.__supertype__, t.overload.__name__, t.TYPE_CHECKING, t.final(H) is H, t.Optional[int] == t.Union[int, None], t.Union[int] is int, t.Union[int, int, str] == t.Union[int, str], t.Literal[1] == t.Literal[1], t.Annotated[int, 1].__metadata__, t.get_type_hints(f, include_extras=True)['x'], t.assert_type(5, int), t.Self, t.Never, t.LiteralString); err(t.assert_never, 5); print(t.Concatenate[int, t.ParamSpec('PS')], t.TypeGuard[int], t.Required[int], t.Unpack[t.Tuple[int]] if False else '', t.ForwardRef('x') == t.ForwardRef('x'), t.reveal_type.__name__, t.is_typeddict(TD), issubclass(t.OrderedDict[int, str].__origin__, dict), t.Deque[int].__origin__.__name__, t.IO, t.Pattern[str], t.Hashable, t.SupportsInt, isinstance(5, t.SupportsInt))
