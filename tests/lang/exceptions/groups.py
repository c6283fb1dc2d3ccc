# ExceptionGroup: construction, split, subgroup, derive, str, errors.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

EG, BEG = ExceptionGroup, BaseExceptionGroup
g = EG('g', [ValueError(1), EG('n', [TypeError(2), KeyError('k')]), OSError(3)])
print(g, repr(g), g.message, g.exceptions, g.args, len(g.exceptions))
print(type(BEG('b', [ValueError()])).__name__, type(BEG('b', [KeyboardInterrupt()])).__name__, issubclass(EG, Exception), issubclass(EG, BEG), EG.__mro__[1:3])
print(g.split(ValueError)); print(g.split((TypeError, OSError))); print(g.split(EG)); print(g.split(ZeroDivisionError)); print(g.split(lambda e: isinstance(e, KeyError))); print(g.subgroup(TypeError)); print(g.subgroup(int) if False else g.subgroup(Exception) is g); print(g.subgroup(lambda e: False)); print(g.subgroup(lambda e: isinstance(e, EG)) is g)
err(EG); err(EG, 'm'); err(EG, 5, [ValueError()]); err(EG, 'm', []); err(EG, 'm', 5); err(EG, 'm', [5]); err(EG, 'm', [ValueError]); err(EG, 'm', [KeyboardInterrupt()]); err(EG, 'm', 'ab'); err(g.split, 5); err(g.split, int); err(g.subgroup, [ValueError]); err(g.split)
def ro(): g.message = 'x'
err(ro)
class MyEG(EG):
    def __new__(cls, msg, excs, code=0): self = super().__new__(cls, msg, excs); self.code = code; return self
    def derive(self, excs): return MyEG(self.message, excs, self.code)
m = MyEG('my', [ValueError(1), TypeError(2)], 42)
a, b = m.split(ValueError); print(repr(a), a.code, repr(b), b.code)
class Plain(EG): pass
p = Plain('p', [ValueError(1), TypeError(2)]); print([type(x).__name__ for x in p.split(ValueError)], type(p.derive([OSError()])).__name__)
class Bad(EG):
    def derive(self, e): return 5
err(Bad('b', [ValueError(), TypeError()]).split, ValueError)
g.add_note('note'); g.__cause__ = KeyError('c'); s = g.subgroup(ValueError); print(s.__notes__, s.__cause__ is g.__cause__, s.__notes__ is g.__notes__)
try: raise g
except EG as e: s, r = e.split(OSError); print(s.__traceback__ is e.__traceback__, r.__context__)
err(lambda: EG('x', (ValueError(),)).exceptions); print(EG('one', [ValueError()]), EG('', [ValueError(), ValueError()]), EG[int] if hasattr(EG, '__class_getitem__') else '')
