# Deep nesting in source, data and calls gives errors, not crashes.
def t(f):
    # Whether it works or is too deep is the implementation's own: it must be one of the two.
    try: f()
    except (RecursionError, MemoryError, SyntaxError): pass
    print('survived')
def deep(f):
    try: f()
    except RecursionError: print('too deep')
t(lambda: len(eval('(' * 100000 + ')' * 100000)))
t(lambda: eval('-' * 100000 + '1'))
t(lambda: eval('[' * 100000))
t(lambda: compile('x' + '.a' * 10000, '', 'eval'))
t(lambda: eval('not ' * 100000 + '1'))
l = []
for _ in range(100000): l = [l]
t(lambda: repr(l))
t(lambda: l == [l])
d = {}
for _ in range(100000): d = {1: d}
t(lambda: repr(d))
tu = ()
for _ in range(100000): tu = (tu,)
t(lambda: hash(tu)); t(lambda: repr(tu))
del l, d, tu
class A:
    def __repr__(self): return repr(self)
    def __hash__(self): return hash(self)
    def __eq__(self, o): return self == o
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __getattr__(self, n): return getattr(self, n + 'x')
    def __call__(self): return self()
    def __iter__(self): return iter(self)
    def __str__(self): return str(self)
    def __add__(self, o): return self + o
    def __getitem__(self, i): return self[i]
    def __contains__(self, x): return x in self
    def __index__(self): return [1][self]
    def __format__(self, s): return format(self, s)
a = A()
for f in (repr, hash, len, bool, str, iter, lambda a: a == 1, lambda a: a.x, lambda a: a(), lambda a: a + 1, lambda a: a[0], lambda a: 1 in a, lambda a: [1][a], lambda a: f'{a}', lambda a: sorted([a], key=len), lambda a: '%s' % a, lambda a: {a: 1}): deep(lambda: f(a))
import functools, sys
p = len
for _ in range(50): p = functools.partial(p)
print(p('abc')); f = lambda: 1
for _ in range(200): f = (lambda g: lambda: g())(f)
print(f())
