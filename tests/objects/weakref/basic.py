# weakref.ref: liveness, callbacks, equality, hashing, errors (after gc.collect()).
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import weakref, gc
class A:
    def __init__(self, v=0): self.v = v
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
a = A(1); r = weakref.ref(a); print(r() is a, r == weakref.ref(A(1)) if False else r == weakref.ref(a), hash(r) == hash(a), weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r], type(r).__name__, r.__callback__, weakref.ref(a) is r)
b = A(1); rb = weakref.ref(b); print(r == rb, r != rb); log = []
def cb(w): log.append((w is rc, w()))
rc = weakref.ref(b, cb); print(rc.__callback__ is cb, rc is not rb)
del a, b; gc.collect(); print(r(), rb(), log, rc.__callback__, hash(r) == hash(1), r == rb, r == r)
err(weakref.ref, 5); err(weakref.ref, 'a'); err(weakref.ref, []); err(weakref.ref, ()); err(weakref.ref, None); err(weakref.ref); err(weakref.ref, A(), 1, 2)
print(weakref.ref(lambda: 0) is not None, weakref.ref(A) () is A, weakref.ref(set()) is not None, weakref.ref(len)() is len)
class S: __slots__ = ()
err(weakref.ref, S())
class L(list): pass
l = L([1]); rl = weakref.ref(l); print(rl()); err(hash, rl)
d = A(5); rd = weakref.ref(d); del d; gc.collect(); err(hash, rd)
class M:
    def m(self): return 'method'
x = M(); wm = weakref.WeakMethod(x.m); print(wm()()); del x; gc.collect(); print(wm())
y = M(); order = []; r1 = weakref.ref(y, lambda w: order.append(1)); r2 = weakref.ref(y, lambda w: order.append(2)); del y; gc.collect(); print(sorted(order))
z = M(); p = weakref.proxy(z); z.attr = 5; print(p.attr, p.m(), type(p).__name__, p == z, isinstance(p, M)); p.attr = 6; print(z.attr); err(hash, p); del z; gc.collect(); err(lambda: p.attr); err(lambda: p.m()); err(lambda: bool(p))
class C:
    def __len__(self): return 3
    def __call__(self, v): return v
    def __getitem__(self, i): return i
    def __iter__(self): return iter('it')
    def __add__(self, o): return 'added'
c = C(); p = weakref.proxy(c); print(len(p), p(1), p[2], list(p), p + 1, type(p).__name__, str(p) == str(c), bool(p))
