# Globals and builtins of a subclass of dict: __getitem__ and __missing__ count.
class Missing(dict):
    def __missing__(self, key):
        if key.startswith("x"):
            return key * 2
        raise KeyError(key)


def f():
    return xa, len("abc"), yb


code = f.__code__
F = type(f)
globals_ = Missing(yb=1)
for _ in range(3):
    print(F(code, globals_)())
try:
    F(code, Missing())()
except NameError as e:
    print(e)
print(eval("xq, len([1])", Missing()))
print(eval("[xr for _ in 'ab']", Missing()))


class Refusing(dict):
    def __getitem__(self, key):
        raise ZeroDivisionError(key)


for go in (lambda: exec("name", Refusing(name=1)), lambda: exec("name", {"__builtins__": Refusing(name=1)}),
           lambda: F((lambda: name).__code__, Refusing(name=1))()):
    try:
        go()
    except ZeroDivisionError as e:
        print(e)
