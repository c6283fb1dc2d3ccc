# Left-to-right evaluation across every compound expression.
log = []
def v(n, r=None): log.append(n); return r
def flush(): print(*log); log.clear()
v('a', 1) + v('b', 2) * v('c', 3) - v('d', 4) ** v('e', 1); flush()
v('a', 1) < v('b', 2) < v('c', 3); flush(); v('a', 5) < v('b', 2) < v('c', 3); flush()
(v('a'), v('b'), [v('c'), {v('d', 1), v('e', 2)}]); flush(); {v('k1', 1): v('v1'), **v('m', {}), v('k2', 2): v('v2')}; flush()
v('f', max)(v('a', 1), *v('s', [2]), key=v('k', abs), **v('kw', {})); flush()
v('obj', [1, 2, 3])[v('lo', 0):v('hi', 2):v('st', 1)]; flush(); v('o', [5])[v('i', 0)]; flush()
v('yes') if v('cond', 0) else v('no'); flush(); v('a', 0) and v('b'); v('c', 1) and v('d'); v('e', 1) or v('f'); v('g', 0) or v('h'); flush()
lambda x=v('default'): v('body'); flush()
f'{v("a")}{v("b")!r:{v("w", "")}}{v("c")}'; flush()
not v('n'); -v('neg', 1); ~v('inv', 1); v('is') is v('is2'); v('in', 1) in v('cont', [1]); flush()
def d(a=v('d1'), *, b=v('d2')): pass
flush()
class K(v('base', object)): x = v('x'); y = v('y')
flush()
with v('cm', __import__('contextlib').nullcontext()) as q, v('cm2', __import__('contextlib').nullcontext()): v('body')
flush()
for x in v('iter', [1, 2]): v(('loop', x))
else: v('else')
flush()
def r(): return v('r1'), v('r2')
r(); flush()
try: raise v('exc', ValueError) from v('cause', None)
except v('match', ValueError): v('handler')
flush()
assert v('cond', True), v('never'); flush()
x = y = v('val'); flush(); l = [0, 0]; l[v('i', 0)] = l[v('j', 1)] = v('rhs', 9); flush()
def g(): yield v('y1'); yield v('y2')
list(g()); flush(); print([v(i) for i in v('src', [1, 2]) if v(('if', i), True)]); flush()
del l[v('di', 0)], l[v('dj', 0)]; flush(); v('o', {})[v('k', 1)] = v('v', 2); flush()
match v('subj', 1):
    case 2: pass
    case 1 if v('guard', False): pass
    case _ if v('g2', True): v('hit')
flush()
