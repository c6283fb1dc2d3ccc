# Class bodies: names are not visible in methods; lookups fall to globals, not to enclosing locals wrongly.
x = 'global'
def f():
    x = 'enclosing'
    class A:
        y = x
        x = 'class'
        z = x
        def m(self): return x
        def n(self): return __class__.x
        g = lambda self: x
        class B:
            w = x
    return A.y, A.z, A().m(), A().n(), A().g(), A.B.w
try: print(f())
except NameError as e: print("NameError", e)
class C:
    a = 1
    b = [a for _ in range(2)] if False else a
    c = [i * 2 for i in [a, a]]
    d = (lambda q=a: q)()
    try: e = [a for _ in range(1)]
    except NameError as err: e = str(err)
    f = {k: v for k, v in [(a, a)]}
print(C.b, C.c, C.d, C.e, C.f, sorted(k for k in vars(C) if len(k) == 1))
class D:
    x = x
    print(x)
    del x
    print(x)
    x = 5
    locals()['injected'] = 1
    print(sorted(k for k in locals() if not k.startswith('__')))
print(D.x, D.injected)
def g(p):
    class E:
        p = p if False else 'own'
        q = 1
        def r(self): return p
    return E.p, E().r()
print(g('param'))
class F:
    print(__name__, __qualname__, __module__)
    class G:
        print(__qualname__)
        def m(self):
            class H: pass
            return H.__qualname__
print(F.G().m())
for i in range(2):
    class L: val = i
    print(L.val)
class Private:
    __secret = 1
    def get(self): return self.__secret
    def __hidden(self): return '__hidden'
    def call(self): return self.__hidden()
    def local(self):
        __v = 3
        return sorted(locals())
print(Private().get(), Private().call(), Private().local(), sorted(k for k in vars(Private) if 'Private' in k))
