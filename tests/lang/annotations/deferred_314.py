# Annotations are evaluated lazily (PEP 649): forward references, __annotate__, formats.
# library: 3.14
# needs: 3.14
import annotationlib
print('before')
def f(a: Later, b: print('evaluated') or int) -> Later2: pass
class Later: pass
try: f.__annotations__
except NameError as e: print(e)
class Later2: pass
print(f.__annotations__); print(f.__annotations__ is f.__annotations__)
class C:
    x: Undefined
    y: int
    if True: z: str = 'z'
    if False: w: bytes
    def m(self, o: C) -> D: pass
class D: pass
try: C.__annotations__
except NameError as e: print(e, e.name)
print(annotationlib.get_annotations(C, format=annotationlib.Format.STRING), annotationlib.get_annotations(C, format=annotationlib.Format.FORWARDREF).keys(), C.m.__annotations__)
Undefined = float; print(C.__annotations__)
print(f.__annotate__ is not None, f.__annotate__(1), f.__annotate__.__name__, C.__annotate__(annotationlib.Format.VALUE))
for v in (2, 3, 4):
    try: print(f.__annotate__(v))
    except NotImplementedError as e: print('NotImplementedError', e)
def g(): pass
print(g.__annotate__, g.__annotations__); g.__annotate__ = lambda fmt: {'made': fmt}; print(g.__annotations__)
try: g.__annotate__ = 5
except TypeError as e: print(e)
g.__annotate__ = lambda fmt: 5
try: g.__annotations__
except TypeError as e: print(e)
v: UndefinedModuleLevel
def scope(t):
    class K: attr: t; other: K2
    class K2: pass
    def h(x: t, y: late): pass
    late = 'late value'
    return K.__annotations__['attr'], K.__annotations__['other'].__name__, h.__annotations__
print(scope(int))
class Shadow:
    int = 'class int'
    q: int
print(Shadow.__annotations__)
class Comp: items: [i for i in range(3)]; lam: (lambda: Comp)()
print(Comp.__annotations__)
f.__annotations__ = {'set': 1}; print(f.__annotations__, f.__annotate__)
