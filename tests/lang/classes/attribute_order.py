# where an attribute is found: data descriptor, instance, class, __getattr__.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class D:
    def __get__(self, o, t): return 'data'
    def __set__(self, o, v): pass
class N:
    def __get__(self, o, t): return 'nondata'
class A:
    d, n, c = D(), N(), 'class'
    def __getattr__(self, name): return 'getattr ' + name
a = A(); a.__dict__.update(d='inst', n='inst', c='inst', i='inst')
print(a.d, a.n, a.c, a.i, a.z, A.d, A.n, A.c)
---
class A: x = 'A'
class B(A): pass
class C(A): x = 'C'
class E(B, C): pass
e = E(); print(e.x); B.x = 'B'; print(e.x); e.x = 'own'; print(e.x); del e.x; print(e.x)
---
class A:
    def m(self): return 'method'
a = A(); a.m = lambda: 'instance'; print(a.m()); del a.m; print(a.m())
---
class M(type):
    m = 'meta'
    x = 'meta'
class A(metaclass=M): x = 'class'
print(A.m, A.x, A().x)
---
class A:
    @property
    def p(self): return 'prop'
a = A(); a.__dict__['p'] = 'dict'; print(a.p)
---
class A: pass
a = A(); A.f = lambda self: 'added'; print(a.f()); A.f = 5; print(a.f); del A.f
a.f
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
