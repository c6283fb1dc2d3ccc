# The type statement: lazy values, recursion, attributes, subscription; defaults in 3.13.
# library: 3.12
# needs: 3.13
type A = int | str
print(A, type(A).__name__, A.__name__, A.__value__, A.__type_params__, A.__module__)
type L[T] = list[T] | L[list[T]]
print(L[int], L[int].__origin__ is L, L[int].__args__, L.__type_params__, L.__parameters__)
type Lazy = not_defined_yet
try: Lazy.__value__
except NameError as e: print(e)
not_defined_yet = 5; print(Lazy.__value__, Lazy.__value__ is Lazy.__value__)
type Err = 1 / 0
try: Err.__value__
except ZeroDivisionError as e: print('lazy error')
def f(x):
    type Loc[T] = dict[T, x]
    return Loc
print(f(int).__value__, f(str)[bool])
class C:
    attr = float
    type In = attr
    type Rec = list[Rec]
print(C.In.__value__, C.Rec.__value__)
type = 'still a name'; print(type); del type
for expr in ('A | None', 'None | A', 'A[int]', 'isinstance(1, A)', 'A.__value__ == (int | str)', 'A.__name__.upper()', 'L[int] | str'):
    try: print(eval(expr))
    except TypeError as e: print(e)
def st(): A.__value__ = 1
try: st()
except AttributeError as e: print(e)
class D[T = int, **P = [bool]]: pass
type DT[*Ts = *tuple[str]] = tuple[*Ts]
print(DT.__type_params__[0].__default__)
print([(p.__name__, p.__default__) for p in D.__type_params__], D.__type_params__[0].has_default())
def nodef[T](): return T
print(nodef().__default__, nodef().has_default())
import typing
print(typing.TypeAliasType('X', int), typing.TypeAliasType('Y', list, type_params=()).__value__)
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in ("type X = int", "type X[T] = T", "type X", "type X[T]", "type 1 = 2", "type X.y = 1", "type X: int = 1", "type X = yield", "type X = (y := 1)", "type X[T: int = bool] = T", "class A[T = int, U]: pass", "class A[T = int, U = str]: pass", "class A[*T = int]: pass", "def f[T = (yield)](): pass", "type(x)", "type = 1", "type type = type", "type X[T, T] = T", "type match = 1"): syn(s)
