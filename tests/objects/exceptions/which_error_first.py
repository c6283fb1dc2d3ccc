# Which error comes first, and what it calls the class: unhashable elements and keys, items of what cannot store them, str % nothing.
# needs: 3.14
def f():
    class C(list): pass
    return C
C = f()
def t(label, g):
    try: r = g(); print(label, "ok", r)
    except BaseException as e: print(label, type(e).__name__, e)
for name in "intersection intersection_update difference difference_update symmetric_difference symmetric_difference_update update union isdisjoint issubset issuperset remove discard add __contains__".split():
    for arg in ([C()], [[1]], [{}], iter([[]])):
        def g():
            a = arg
            if name in ("remove", "discard", "add", "__contains__"): a = arg[0] if isinstance(arg, list) else []
            return getattr({1, 2}, name)(a)
        t(name, g)
    for arg in (C(), {1: []}, {C: 1}):
        t(name + " 2", lambda: getattr({1}, name)([arg]))
t("frozenset.__contains__", lambda: [] in frozenset())
t("set in set", lambda: {1} in {frozenset({1})})
t("set discard", lambda: {1}.discard({1}))
t("set remove", lambda: {1}.remove({2}))
t("set()", lambda: set([[]])); t("fs", lambda: frozenset([C()])); t("{}", lambda: {C()}); t("{2}", lambda: {*[[]]})
t("inter set", lambda: {1} & {2}); t("fs and", lambda: frozenset([1]).intersection([[]]))
d = {}
t("d[]", lambda: d[C()]); t("d.get", lambda: d.get([])); t("d.setdefault", lambda: d.setdefault(C())); t("d.pop", lambda: d.pop([])); t("d.pop2", lambda: d.pop(C(), 1)); t("pop nonempty", lambda: {1: 2}.pop(C(), 1))
def s(): d[C()] = 1
t("d[]=", s)
def s(): del d[C()]
t("del d[]", s)
t("in d", lambda: C() in d); t("in d.keys", lambda: C() in d.keys()); t("in items", lambda: (C(), 1) in d.items()); t("in items2", lambda: ([], 1) in {1: 2}.items())
t("display", lambda: {C(): 1}); t("comp", lambda: {x: 1 for x in [C()]}); t("dict()", lambda: dict([(C(), 1)])); t("fromkeys", lambda: dict.fromkeys([C()])); t("update", lambda: {}.update([([], 2)])); t("|", lambda: {} | {1: []}); t("keys &", lambda: {1: 1}.keys() & [[]]); t("keys |", lambda: {1: 1}.keys() | [[]]); t("keys isdisjoint", lambda: {1: 1}.keys().isdisjoint([[]]))
t("hash", lambda: hash(C())); t("hash slice tuple", lambda: {(1, [])}); t("set comp", lambda: {x for x in [C()]})
import collections
t("counter", lambda: collections.Counter([[]])); t("defaultdict", lambda: collections.defaultdict(int)[[]])
# item assignment with half of the methods
class S:
    def __setitem__(self, k, v): pass
class D:
    def __delitem__(self, k): pass
class I:
    def __index__(self): raise ValueError("asked")
class N: pass
class S2:
    def __set__(self, o, v): pass
class D2:
    def __delete__(self, o): pass
class H:
    s = S2(); d = D2()
def s(): del S()[1]
t("del S", s)
def s(): D()[1] = 2
t("set D", s)
def s(): del N()[I()]
t("del N[I]", s)
def s(): N()[I()] = 1
t("N[I]=", s)
t("N[I]", lambda: N()[I()])
def s(): del N()[2]
t("del N[2]", s)
def s(): N()["x"] = 1
t("N[x]=", s)
def s(): del S()[I()]
t("del S[I]", s)
def s(): (5)[I()] = 1
t("5[I]=", s)
def s(): "a"[I()] = 1
t("str[I]=", s)
def s(): (1,)[I()] = 1
t("tuple[I]=", s)
def s(): (1,)["a"] = 1
t("tuple[a]=", s)
def s(): del b"a"[I()]
t("del bytes[I]", s)
def s(): range(3)[I()] = 1
t("range[I]=", s)
def s(): {1}[I()] = 1
t("set[I]=", s)
def s(): (lambda: 0)[I()] = 1
t("func[I]=", s)
def s(): int[I()] = 1
t("type[I]=", s)
def s(): del H().s
t("del H.s", s)
def s(): H().d = 1
t("H.d=", s)
class Str(str): pass
t("iter", lambda: type(iter(Str("a")))); t("iter2", lambda: type(iter("é"))); t("iter3", lambda: type(iter("a")))
for x in (Str("abc"), Str("")):
    for args in ((), b"", [], {}, 5):
        t("%", lambda: type(x % args))
t("%%", lambda: type(Str("a%%") % ())); t("%s", lambda: type(Str("%s") % "a"))
x = Str("abc"); t("same", lambda: x % () is x)
t("{}*", lambda: {} * [1]); t("rmul", lambda: [].__rmul__({}))
class M(list):
    def __mul__(self, o): return 7
