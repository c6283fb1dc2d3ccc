# names with two leading underscores inside classes.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class A:
    __x = 1
    def get(self): return self.__x
    def set(self, v): self.__y = v
a = A(); a.set(5); print(a.get(), a.__dict__, A._A__x)
a.__x
---
class A:
    def __f(self): return 'A'
    def call(self): return self.__f()
class B(A):
    def __f(self): return 'B'
print(B().call(), sorted(n for n in dir(B) if n.endswith('__f')))
---
class _Under:
    __v = 1
print(_Under._Under__v)
---
class __:
    __v = 1
print(__.__dict__.get('__v'))
---
class A:
    __a__ = 1
    __b_ = 2
    ___c = 3
print(sorted(k for k in vars(A) if k.strip('_')[-1:] in 'abc' and len(k) < 12))
---
class A:
    def f(self):
        __local = 1
        def g(): return __local
        return g(), sorted(locals())
print(A().f())
---
class A:
    def f(self, __p=1): return __p
print(A().f(), A.f.__code__.co_varnames)
A().f(__p=2)
---
class A:
    def f(self):
        global __g
        __g = 5
A().f(); print(globals()['_A__g'])
---
class A:
    import sys as __s
print(hasattr(A, '_A__s'))
---
class A:
    x = "__no"
    def f(self): return getattr(self, '__q', 'not mangled in strings')
print(A().f())
---
class A:
    class __I: pass
print(A._A__I.__name__, A._A__I.__qualname__)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
