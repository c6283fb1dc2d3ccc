# Evaluation order of assignment: right side first, then targets left to right.
log = []
def v(n, val=None): log.append(n); return val
class T:
    def __init__(self, n): self.n = n
    def __setitem__(self, k, val): log.append(('set', self.n, k, val))
    def __getitem__(self, k): log.append(('get', self.n, k)); return 10
    def __setattr__(self, k, val):
        if k != 'n': log.append(('attr', self.n, k, val))
        else: object.__setattr__(self, k, val)
def flush(): print(log); log.clear()
a, b = T('a'), T('b')
v('target', a)[v('index', 0)] = v('value', 1); flush()
v('t1', a)[v('i1', 1)], v('t2', b)[v('i2', 2)] = v('r1', 'x'), v('r2', 'y'); flush()
v('t1', a).q = v('t2', b)[v('i')] = v('rhs', 7); flush()
v('t', a)[v('i', 3)] += v('rhs', 5); flush()
v('t', a)[v('lo', 1):v('hi', 2):v('st', 3)] = v('rhs', 0); flush()
x, *y, a[v('k')] = v('rhs', 'pqrst'); flush(); print(x, y)
(a[v(1)], (a[v(2)], b[v(3)])) = v('r', ('A', 'BC')); flush()
try: v('t', a)[v('i')] = 1 / 0
except ZeroDivisionError: flush()
try: a[v('a')], b[v('b')] = v('rhs', [1, 2, 3])
except ValueError: flush()
d = {v('k1', 1): v('v1', 2), v('k2', 3): v('v2', 4)}; flush()
for a[v('loop')] in v('iter', [1, 2]): flush()
flush()
