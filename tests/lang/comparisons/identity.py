# is / is not and singletons.
a = []; b = []; c = a
print(a is b, a is c, a is not b, a == b)
print(None is None, True is True, False is not True, ... is Ellipsis, NotImplemented is NotImplemented)
print(() is (), type(1) is int, type(type) is type, (1 == 1) is True, bool(5) is True)
def f(): pass
print(f is f, f.__class__ is type(f), None is not f)
x = None
print(x is None, x is not None, not x is None)
print(a is [] or 'different', [] is not [])
class S:
    inst = None
    def __new__(cls):
        if cls.inst is None: cls.inst = super().__new__(cls)
        return cls.inst
print(S() is S())
class E:
    def __eq__(self, o): return False
e = E()
print(e == e, e is e, e in [e], [e].index(e), [e].count(e), [e] == [e], (e,) == (e,))
print(type(None)() is None, type(...)() is ..., type(NotImplemented)() is NotImplemented)
