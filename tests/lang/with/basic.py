# with: protocol, as targets, suppression, multiple managers, parenthesised.
class CM:
    def __init__(self, n, ret=None, swallow=False): self.n, self.ret, self.sw = n, ret, swallow
    def __enter__(self): print('enter', self.n); return self.ret or self.n
    def __exit__(self, t, v, tb): print('exit', self.n, t and t.__name__, v, tb is not None); return self.sw
with CM(1) as x: print('body', x)
with CM(2): pass
with CM(3) as a, CM(4) as b: print(a, b)
with (CM(5) as a, CM(6),): print(a)
with (CM(7)): pass
with (CM(8), CM(9)) if False else CM(10) as z: print(z)
with CM(11, (1, [2, 3])) as (p, [q, *r]): print(p, q, r)
d = {}
with CM(12) as d['k'], CM(13) as d['j']: print(d)
class O: pass
o = O()
with CM(14) as o.attr: print(o.attr)
with CM(15, swallow=True): raise ValueError('swallowed')
print('continued')
try:
    with CM(16): raise KeyError('not swallowed')
except KeyError as e: print('caught', e)
with CM('outer', swallow=True), CM('inner'): raise OSError('both')
with CM('a', swallow=True):
    with CM('b', swallow=True): raise ValueError
    print('after b'); 1 / 0
def f():
    with CM('ret'): return 'value'
print(f())
for i in range(3):
    with CM(i):
        if i == 0: continue
        if i == 1: break
class Truthy:
    def __enter__(self): pass
    def __exit__(self, *a): return [1]
with Truthy(): raise BaseException
with Truthy() as n: print(n)
