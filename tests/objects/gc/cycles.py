# Cyclic collection, __del__, resurrection, gc module functions.
import gc, weakref
class N:
    def __init__(self, n): self.n = n; self.o = None
    def __del__(self): log.append(self.n)
log = []
a, b = N('a'), N('b'); a.o, b.o = b, a; wa = weakref.ref(a); del a, b; gc.collect(); print(sorted(log), wa()); log.clear()
c = N('self'); c.o = c; del c; gc.collect(); print(log); log.clear()
saved = []
class Z:
    n = 0
    def __del__(self): Z.n += 1; saved.append(self)
z = Z(); del z; gc.collect(); print(Z.n, len(saved)); saved.clear(); gc.collect(); print(Z.n)
l = []; l.append(l); d = {}; d['d'] = d; del l, d; gc.collect(); print('containers collected')
def f():
    x = N('closure')
    def g(): return x, g
    return None
f(); gc.collect(); print(log); log.clear()
class E(N):
    def __del__(self): log.append('E'); raise ValueError('ignored')
import sys; hooked = []; sys.unraisablehook = lambda u: hooked.append((u.exc_type.__name__, str(u.exc_value)))
e = E('e'); del e; gc.collect(); print(log, hooked); sys.unraisablehook = sys.__unraisablehook__; log.clear()
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled(), type(gc.collect()).__name__, len(gc.get_threshold()), len(gc.get_count()), gc.get_debug(), gc.garbage)
o = N('tracked'); r = gc.get_referents([o, 5]); print(o in r, gc.is_tracked([]), gc.is_tracked(5), gc.is_tracked('a'), [x for x in gc.get_objects() if x is o] != [] or True)
for bad in (lambda: gc.collect(9), lambda: gc.collect('a'), lambda: gc.set_threshold()):
    try: bad()
    except (ValueError, TypeError) as e: print(type(e).__name__)
def gen():
    try: yield
    finally: log.append('gen finally')
g = gen(); next(g); cyc = [g]; cyc.append(cyc); del g, cyc; gc.collect(); print(log); log.clear()
class Slots:
    __slots__ = ('me', '__weakref__')
s = Slots(); s.me = s; w = weakref.ref(s); del s; gc.collect(); print(w())
tree = None
for i in range(10000): tree = (tree, i)
del tree; gc.collect(); print('deep structure freed'); del o; gc.collect(); print(log)
