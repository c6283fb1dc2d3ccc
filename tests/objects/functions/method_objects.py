# Method objects, builtin methods, wrappers and their attributes.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import types
class A:
    def m(self, x=1): "doc"; return self, x
a = A(); m = a.m
print(m.__func__ is A.m, m.__self__ is a, m.__name__, m.__qualname__, m.__doc__, m.__module__, m.__defaults__, m.__code__.co_name, m == a.m, m != A().m, m is a.m, isinstance(m, types.MethodType), hash(m) == hash(a.m), callable(m), type(m))
err(setattr, m, 'x', 1); A.m.x = 5; err(getattr, m, 'x'); err(setattr, m, '__self__', 1); err(types.MethodType, 1, 2); err(types.MethodType, len, None); err(types.MethodType, len); err(lambda: m < m); err(lambda: types.MethodType(len, 'abc')()); err(lambda: types.MethodType(types.MethodType(lambda a, b, c: (a, b, c), 1), 2)(3))
f = [].append; print(f.__self__, f.__name__, f.__qualname__, f.__doc__ is not None, f.__module__, type(f), f == f, [].append == [].append, repr(len), type(len), len.__self__.__name__, len.__module__, len.__qualname__, len.__text_signature__)
d = str.upper; print(d, type(d), d.__name__, d.__qualname__, d.__objclass__, d('a'), d.__get__('b')(), d.__get__(None, str) is d); err(d, 5); err(d); err(d.__get__, 5, int); err(str.join, ',', 5)
w = int.__add__; print(w, type(w), w.__name__, w.__objclass__, w(1, 2)); b = (5).__add__; print(type(b), b.__self__, b.__name__, b(3), b == (5).__add__, b.__objclass__, b.__qualname__); err(w, 'a', 1); err(b); err(b, 1, 2); err(w)
g = int.real; print(g, type(g), g.__name__, g.__objclass__, g.__get__(5), g.__get__(None, int) is g); err(g.__get__, 'a'); err(setattr, 5, 'real', 1); err(g.__set__, 5, 1)
mem = A.__dict__['__dict__']; print(type(mem), mem.__name__); cm = dict.__dict__['fromkeys']; print(type(cm), cm.__name__, cm.__get__(None, dict)('a')); err(cm.__get__, None, int); err(cm.__get__, 5)
print(type(type.__dict__['__prepare__']) if False else type(object.__init__), type(object().__str__), type(A.__dict__['m']), type(classmethod(len)), type(A.__dict__.get('__weakref__')))
print(list.append.__get__([1])(2), object.__repr__.__get__(5)()[:4], type.__dict__['mro'].__get__(A)()[0].__name__, a.__init__, a.__str__.__name__) if False else print(list.append.__get__([1])(2), type.__dict__['mro'].__get__(A)()[0].__name__, a.__str__.__name__)
