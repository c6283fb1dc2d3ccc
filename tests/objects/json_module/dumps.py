# json.dumps: types, separators, indent, sort, defaults, errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import json, enum, collections
class A: pass
class I(int): pass
class S(str): pass
class E(enum.IntEnum): X = 1
rec = []; rec.append(rec)
show(r"""
json.dumps(None), json.dumps(True), json.dumps(5), json.dumps(-1.5), json.dumps('a"b\\c\n\x01é😀\u2028/'), json.dumps([1, [2, []]]), json.dumps({'a': 1, 'b': [True, None]}), json.dumps((1, 2)), json.dumps({}), json.dumps([]), json.dumps(''), json.dumps(1e100), json.dumps(10**20), json.dumps(0.1), json.dumps(-0.0), json.dumps('\x7f\x80\ud800')
json.dumps('é', ensure_ascii=False), json.dumps('\x1f"\\', ensure_ascii=False), json.dumps({1: 'i', 1.5: 'f', True: 't', None: 'n', 's': 0}), json.dumps(float('nan')), json.dumps([float('inf'), -float('inf')]), json.dumps({'b': 1, 'a': 2}, sort_keys=True), json.dumps([1, {'a': 2}], separators=(',', ':')), json.dumps(I(5)), json.dumps(S('s')), json.dumps(E.X), json.dumps({E.X: 1}), json.dumps(collections.OrderedDict(z=1, a=2)), json.dumps({(1, 2): 3, 'k': 1}, skipkeys=True), json.dumps(collections.namedtuple('P', 'x')(1))
json.dumps([1, {'a': [], 'b': {}}, [2]], indent=2), json.dumps({'a': [1, 2]}, indent='\t'), json.dumps([1], indent=0), json.dumps({'x': {'y': 1}}, indent=1, separators=(', ', ' = ')), json.dumps([[]], indent=4), json.dumps([1, 2], indent=None)
json.dumps({1, 2})
json.dumps(b'x')
json.dumps(1j)
json.dumps({(1, 2): 3})
json.dumps({A: 1})
json.dumps(rec)
json.dumps({'b': 1, 1: 2}, sort_keys=True)
json.dumps([1], foo=1)
json.dumps({1, 2}, default=sorted), json.dumps(A(), default=lambda o: {'cls': type(o).__name__}), json.dumps([A(), {'k': A()}], default=lambda o: 'D')
json.dumps(A(), default=lambda o: o)
json.dumps(A(), default=lambda o: 1 / 0)
json.dumps({'a': {'b': {'c': [1, 2, {'d': None}]}}}, indent=2, sort_keys=True)
""")
class Enc(json.JSONEncoder):
    def default(self, o): return list(o) if isinstance(o, set) else super().default(o)
print(json.dumps({'s': {1}}, cls=Enc), Enc().encode([{2}]), list(json.JSONEncoder().iterencode([1, {'a': 'b'}])))
import io; f = io.StringIO(); json.dump({'k': [1, 'é']}, f, indent=1); print(repr(f.getvalue()))
deep = []
for _ in range(200): deep = [deep]
print(len(json.dumps(deep)), json.dumps([0.1 + 0.2, 1e16, 1e-7, 123456789.123]), json.dumps({'a': 1}, ensure_ascii=False, indent=None), json.dumps(['<>&\'']))
