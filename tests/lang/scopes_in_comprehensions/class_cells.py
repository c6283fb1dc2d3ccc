# needs: 3.14
# Comprehensions in class bodies: the class's own cells are for functions in them; locals() shows the comprehension's names.
import sys


def attempt(source, names=None):
    try:
        exec(source, {} if names is None else names)
    except Exception as error:
        print(type(error).__name__, error)


attempt("class C:\n    r = [lambda: __class__ for _ in [1]]\nprint(C.r[0]() is C)")
attempt("class C:\n    r = [(lambda: __classdict__)() for _ in [1]]\nprint('r' in C.r[0])")
attempt("class C:\n    r = [lambda: __conditional_annotations__ for _ in [1]]\nprint(C.r[0]())")
attempt("class C:\n    r = [__class__ for _ in [1]]")
attempt("class C:\n    r = [__classdict__ for _ in [1]]")
attempt("class C:\n    __class__ = 2\n    r = [__class__ for _ in [1]]")
attempt("class C:\n    __classdict__: int\nprint(C.__annotations__)")
attempt("def f():\n    [x for x in [1]]\n    y = [x for _ in [1]]\n    print(y)\nf()", {"x": 3})
attempt("class C:\n    x = 2\n    [x for x in [1]]\n    y = [x for _ in [1]]\nprint(C.y)", {"x": 3})


class C:
    a = 1
    print([sorted(locals()) for x in [1]], [dir() for x in [1]])
    print(["a" in sys._getframe().f_locals for x in [1]], [type(sys._getframe().f_locals).__name__ for x in [1]])
    print([[sorted(locals()) for y in [1]] for x in [1]])
    print([(exec("z = 2"), "z" in locals()) for x in [1]])
    try:
        print([eval("a") for x in [1]])
    except NameError as error:
        print(error)


x = 5
print([(exec("x = 3"), x)[1] for x in [1]], x)
print([(sys._getframe().f_locals.__setitem__("x", 7), x) for x in [1]], x)


# Generic classes and functions in a class that has the name too.
def make_base(x):
    class Base:
        given = list(x) if not isinstance(x, str) else x
    return Base


class G[T]:
    T = "class"

    class Inner[U](make_base(T for _ in (1,)), make_base(T)):
        pass

    def method[U](x: (T for _ in (1,)), y: T):
        pass


print([b.given for b in G.Inner.__bases__[:2]], list(G.method.__annotations__["x"]), G.method.__annotations__["y"])


def results(*functions):
    for f in functions:
        print(f() if callable(f) else list(f))
    return make_base("")


class __X:
    pass


class Y[T: __X](results(lambda: __X, lambda: (lambda: __X)(), [__X for _ in (1,)], (__X for _ in (1,)))):
    pass


print(Y.__type_params__[0].__bound__)
