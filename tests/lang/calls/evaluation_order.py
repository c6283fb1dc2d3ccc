# The callee, then arguments left to right, then the call.
log = []
def v(n, x=None): log.append(n); return x
class F:
    def __call__(self, *a, **k): log.append('called'); return a, k
    def __getattr__(self, n): log.append('getattr ' + n); return self
    def __getitem__(self, i): log.append('getitem'); return self
def flush(): print(log); log.clear()
f = F()
v('fn', f)(v('a'), v('b'), k=v('c')); flush()
v('obj', f).meth(v('a')); flush()
v('obj', f).a.b(v('x')).real if False else flush()
f[v('idx')](v('arg')); flush()
v('f', f)(*v('star', []), **v('dstar', {})); flush()
v('f', f)(v('p'), *v('s', [1]), k=v('k'), **v('d', {'z': 1})); flush()
try: v('f', 5)(v('arg'))
except TypeError as e: print(e); flush()
try: v('obj', 5).missing(v('arg'))
except AttributeError as e: print(e); flush()
try: f(v('a'), 1/0, v('b'))
except ZeroDivisionError: flush()
try: f(*v('notiter', 5), v('never'))
except TypeError: flush()
v('outer', f)(v('inner', f)(v('x')), v('y')); flush()
(v('a', 0) or v('b', f))(v('c')); flush()
def dec(n):
    log.append('dec ' + n)
    def d(fn): log.append('apply ' + n); return fn
    return d
@dec('1')
@dec('2')
def g(a=v('default'), *, b: v('annot') = v('kwdefault')) -> v('ret'): pass
print([x for x in log if 'annot' not in x and 'ret' not in x]); log.clear()
@dec('c')
class K(v('base', object), metaclass=v('meta', type)): v('body')
flush()
v('x', {})[v('k', 'k')] = v('val', f)(v('arg')); flush()
print(v('one', 1) + v('two', 2) * v('three', 3)); flush()
