# type(): one and three arguments, dict copies, name rules, attributes.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

print(type(5), type('a'), type(None), type(type), type(int), type(...), type(NotImplemented), type(lambda: 0), type(len), type([].append), type(x for x in ''), type(1 .real), type(print), type(range(1)), type({}.keys()), type(iter([])), type(type(5)))
C = type('C', (), {'x': 1, 'f': lambda self: self.x}); print(C, C().f(), C.__name__, C.__qualname__, C.__module__, C.__bases__)
ns = {'a': 1}; D = type('D', (C,), ns); ns['b'] = 2; print(hasattr(D, 'b'), D.a, D.x, D.__base__ is C); E = type('E', (int, C), {}); print(E(5) + 1, E().x)
err(type); err(type, 1, 2); err(type, 1, 2, 3); err(type, 'a', 5, {}); err(type, 'a', (), 5); err(type, 'a', (5,), {}); err(type, 'a', ('x',), {}); err(type, 'a', (bool,), {}); err(type, 'a\0', (), {}); err(type, 5, (), {}); err(type, 'a', (), {}, x=1); err(type, 'a', [], {}); err(type, 1, 2, 3, 4); err(type, 'a', (C, C), {}); err(type, 'a', (object, C), {}); err(type, 'F', (lambda: 0,), {}); err(type, 'G', (type(None),), {}); err(type, 'H', (range,), {}); err(type, 'I', (type(lambda: 0),), {})
print(type('K', (), {'__slots__': ('s',)}).__slots__, type('é name', (), {}).__name__, type('L', (), {'__doc__': 'd'}).__doc__, type('M', (), {'__module__': 'mm'}).__module__, type('N', (), {'__qualname__': 'Q.N'}).__qualname__)
err(type, 'O', (), {'__qualname__': 5}); err(type, 'P', (), {'__slots__': 5}); print(type.__call__(int, '5'), type.__name__, type.__bases__, type.__mro__, type.__class__ is type, isinstance(type, object), isinstance(object, type), object.__bases__, object.__base__, object.__mro__)
print(int.__flags__ & 0 == 0, C.__dict__['x'], C.__weakrefoffset__ > 0 or True, type.__dict__['__mro__'].__get__(C) == C.__mro__, type.mro(C) == list(C.__mro__), C.__subclasses__() == [D, E], int.__basicsize__ > 0, int.__itemsize__ > 0 or True, C.__text_signature__, C.__annotations__ if hasattr(C, '__annotations__') else {})
def st():
    C.__dict__['y'] = 1
err(st); err(lambda: C == type('C', (), {})); err(lambda: C < D); err(lambda: hash(C) == hash(C)); err(lambda: C | int); err(lambda: int | None); err(lambda: C[int]); err(lambda: C + 1); err(lambda: len(C)); err(lambda: C.nope); err(lambda: int.nope); err(lambda: repr(C)); err(lambda: type(5)('7')); err(lambda: str(type))
class Meta(type):
    def __call__(cls, *a): return 'called'
print(Meta('X', (), {})(), type(Meta('X', (), {})), type.__call__(Meta('Y', (), {})).__class__.__name__)
