# The types module: SimpleNamespace, MappingProxyType, new_class, DynamicClassAttribute, coroutine, names.
# needs: 3.15
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import types
n = types.SimpleNamespace(a=1, b='x'); n.c = [n]; print(n.a, n, n == types.SimpleNamespace(a=1), types.SimpleNamespace(), n.__dict__.keys(), types.SimpleNamespace(z=1, y=2) == types.SimpleNamespace(y=2, z=1)); del n.a; err(lambda: n.a); err(types.SimpleNamespace, **{'a b': 1}) 
class SN(types.SimpleNamespace): pass
print(SN(q=1), hasattr(n, '__hash__')); err(hash, n); err(lambda: n < n)
d = {'k': 1}; m = types.MappingProxyType(d); print(m, m['k'], len(m), list(m), 'k' in m, m.get('z', 0), m == {'k': 1}, m | {'z': 2}, dict(m), m.copy(), list(m.items()), list(reversed(m)), type(m).__name__); d['new'] = 2; print(m['new'])
def st(): m['x'] = 1
def dl(): del m['k']
err(st); err(dl); err(lambda: m['zz']); err(types.MappingProxyType, 5); err(types.MappingProxyType, [1]); err(types.MappingProxyType, []); err(lambda: m.pop('k')); err(hash, m)
C = types.new_class('C', (list,), {}, lambda ns: ns.update(x=5)); print(C.x, C([1]), C.__mro__[1]); class_meta = types.prepare_class('D', (), {}); print(class_meta[0], class_meta[1]); print(types.resolve_bases((int, list[str])), types.get_original_bases(type('Q', (int,), {})) if hasattr(types, 'get_original_bases') else (int,))
def gen(): yield 1
@types.coroutine
def co(): r = yield 'y'; return r
async def use(): return await co()
x = use(); print(x.send(None))
try: x.send('back')
except StopIteration as e: print(e.value)
class E:
    def __init__(self): self._v = 1
    @types.DynamicClassAttribute
    def v(self): return self._v
print(E().v); err(lambda: E.v)
print([k for k in ('FunctionType', 'LambdaType', 'GeneratorType', 'CoroutineType', 'MethodType', 'BuiltinFunctionType', 'ModuleType', 'TracebackType', 'FrameType', 'CodeType', 'CellType', 'NoneType', 'EllipsisType', 'NotImplementedType', 'UnionType', 'GenericAlias', 'WrapperDescriptorType', 'MethodWrapperType', 'MethodDescriptorType', 'ClassMethodDescriptorType', 'GetSetDescriptorType', 'MemberDescriptorType', 'AsyncGeneratorType') if not isinstance(getattr(types, k), type)], types.FunctionType is types.LambdaType, types.NoneType is type(None), types.CodeType.__name__, types.CellType(5).cell_contents, repr(types.FunctionType), types.GeneratorType is type(gen()))
