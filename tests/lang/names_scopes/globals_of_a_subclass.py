# needs: 3.14
# Globals that are a dict of a subclass are asked as any mapping: __missing__ and __getitem__ answer for names.
import types


class Answers(dict):
    def __missing__(self, key):
        return 'missing ' + key


def f(n):
    return [some_name for i in n], len


made = types.FunctionType(f.__code__, Answers())
print(made((1, 2, 3)))
some_name = 'ordinary'
print(f((1, 2)))
print(made((1,)))
print(f((1, 2))[0])


class Getter(dict):
    def __getitem__(self, key):
        if key == 'some_name':
            return 'got'
        return super().__getitem__(key)


print(types.FunctionType(f.__code__, Getter())((1, 2))[0])
print(eval('some_name', Answers()))


class C:
    x: Undefined[int]


print(types.FunctionType(C.__annotate__.__code__, Answers(Undefined={'missing int': 'found'}), closure=C.__annotate__.__closure__)(1))
