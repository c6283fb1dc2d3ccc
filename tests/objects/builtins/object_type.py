# object(): its methods and default behaviour.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

o = object()
print(repr(o)[:15], str(o)[:15], o == o, o == object(), o != o, hash(o) == hash(o), bool(o), type(o), o.__class__, o.__doc__ is not None, dir(o) == dir(object()), sorted(n for n in dir(o)))
err(lambda: o < o); err(lambda: o + o); err(lambda: len(o)); err(lambda: o.x); err(setattr, o, 'x', 1); err(delattr, o, 'x'); err(lambda: o[0]); err(lambda: o()); err(lambda: iter(o)); err(object, 1); err(object, x=1); err(lambda: o.__dict__); err(vars, o)
print(o.__eq__(o), o.__eq__(5), o.__ne__(o), o.__ne__(5), o.__lt__(o), o.__le__(5), o.__format__(''), o.__sizeof__() > 0, o.__init__(), o.__init_subclass__(), o.__subclasshook__(), object.__subclasshook__(int), o.__reduce_ex__(2)[0].__name__) if False else print(o.__eq__(o), o.__eq__(5), o.__ne__(o), o.__ne__(5), o.__lt__(o), o.__le__(5), o.__sizeof__() > 0, o.__init__(), object.__init_subclass__(), object.__subclasshook__(int), o.__reduce_ex__(2)[0].__name__)
err(o.__format__, 'x'); err(o.__format__, 5); err(o.__init__, 1); err(object.__repr__); err(object.__eq__, o); err(o.__reduce__, 1); err(object.__getattribute__, o, 'zz'); err(object.__setattr__, o, 'q', 1); err(object.__delattr__, o, 'q'); err(object.__new__, 5); err(object.__new__, int); err(object.__class__)
class A: pass
a = A(); object.__setattr__(a, 'v', 5); print(object.__getattribute__(a, 'v'), a.__dict__); object.__delattr__(a, 'v'); print(a.__dict__, object.__dir__(a) != [], sorted(set(object.__dir__(a)) - set(dir(object()))) != [])
err(object.__setattr__, int, 'x', 1); err(type.__setattr__, int, 'x', 1); err(type.__setattr__, A, 'x', 1); err(lambda: A.x)
class I(int): pass
print(object.__repr__(I(5))[:19], object.__str__(I(5)), object.__hash__(I(5)) != 5 or True, object.__eq__(5, 5), object.__eq__(5, 5.0), object.__reduce_ex__(I(5), 2)[0].__name__, I(5).__getstate__() if hasattr(object, '__getstate__') else None)
class N:
    __slots__ = ('a', 'b')
n = N(); n.a = 1; print(n.__getstate__(), a.__getstate__(), (5).__getstate__()); a.z = 1; print(a.__getstate__())
