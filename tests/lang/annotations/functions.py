# Function annotations: parameters, return, defaults, introspection, strings.
def f(a: int, b: 'str' = 'x', *args: float, c: list[int] = [], **kw: dict) -> tuple: return a
print(f.__annotations__, f(1))
def g(x, y: 1 + 1, *, z: [i for i in range(2)] = 0) -> None: pass
print(g.__annotations__)
print((lambda x: x).__annotations__, len.__class__.__name__)
g.__annotations__ = {'new': int}; print(g.__annotations__); g.__annotations__['more'] = 1; print(g.__annotations__)
for v in (5, 'a', [1]):
    try: g.__annotations__ = v
    except TypeError as e: print(e)
del g.__annotations__; print(g.__annotations__); g.__annotations__ = None; print(g.__annotations__)
class A:
    def m(self, x: 'A') -> 'A': return self
    @property
    def p(self) -> int: return 1
    @staticmethod
    def s(v: bytes): pass
print(A.m.__annotations__, A.p.fget.__annotations__, A.s.__annotations__, A().m.__annotations__)
def outer(t):
    def inner(a: t) -> t: return a
    return inner
print(outer(int).__annotations__, outer('q').__annotations__)
def star(*args: *tuple[int, str]): pass
print(star.__annotations__)
import inspect
print(inspect.signature(f), list(inspect.signature(f).parameters), inspect.signature(f).return_annotation)
async def co(x: int) -> str: pass
def gen(x: int) -> str: yield
print(co.__annotations__, gen.__annotations__)
