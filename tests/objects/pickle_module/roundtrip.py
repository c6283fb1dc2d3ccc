# pickle round trips for every protocol and error cases.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import pickle, collections
class A:
    def __init__(self, v=0): self.v = v
    def __eq__(self, o): return self.v == o.v
class R:
    def __reduce__(self): return int, ('42',)
class S:
    def __getstate__(self): return 'st'
    def __setstate__(self, s): self.got = s
vals = [None, True, 5, -2**70, 1.5, 'é', b'x', [1, [2]], (1,), (), {'a': {1}}, {1, 2}, frozenset([3]), range(3), 1j, bytearray(b'q'), slice(1, 2), ..., int, len, A(7), collections.OrderedDict(a=1), collections.deque([1]), collections.Counter('aab'), ValueError('m').args]
show(r"""
[all(pickle.loads(pickle.dumps(v, p)) == v for v in vals) for p in range(pickle.HIGHEST_PROTOCOL + 1)], pickle.loads(pickle.dumps(R())), pickle.loads(pickle.dumps(S())).got, (lambda l: (l.append(l), pickle.loads(pickle.dumps(l)))[1])([1])
pickle.dumps([1, 'a'], 0), pickle.dumps({'k': 1}, 2), pickle.dumps('x', 4)
(lambda x: (lambda a: a[0] is a[1])(pickle.loads(pickle.dumps([x, x]))))([])
pickle.dumps(lambda: 0) if False else pickle.loads(b'')
pickle.loads(b'garbage')
pickle.dumps((x for x in ''))
pickle.dumps(1, 99)
pickle.loads('str')
repr(pickle.loads(pickle.dumps(ValueError('m', 1))))
""")
