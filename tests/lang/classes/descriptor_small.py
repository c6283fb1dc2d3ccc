# small descriptors.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class D:
    def __get__(self, o, t): return ('get', o is None, t.__name__)
class A: d = D()
print(A().d, A.d); a = A(); a.d = 5; print(a.d)
---
class D:
    def __get__(self, o, t): return 'got'
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('deleted')
class A: d = D()
a = A(); a.d = 1; print(a.d); del a.d; a.__dict__['d'] = 'shadow'; print(a.d)
---
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, o, n): self.n = '_' + n
    def __get__(self, o, t): return self if o is None else getattr(o, self.n)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f'{self.n[1:]} must be {self.t.__name__}')
        setattr(o, self.n, v)
class P:
    x = Typed(int); name = Typed(str)
p = P(); p.x = 5; p.name = 'n'; print(p.x, p.name, vars(p)); p.x = 'bad'
---
class D:
    def __set__(self, o, v): pass
class A: d = D()
print(type(A().d).__name__)
del A().d
---
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, o, t): v = o.__dict__[self.f.__name__] = self.f(o); return v
class A:
    @Lazy
    def x(self): print('computed'); return 42
a = A(); print(a.x, a.x)
---
class D:
    def __get__(self, o, t): raise AttributeError('hidden')
class A:
    d = D()
    def __getattr__(self, n): return 'fallback ' + n
print(A().d)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
