# needs: 3.14
# A metaclass's mro() may put a class into the order that is above none of the bases: changes of it are seen all the same.


class Base:
    value = 1

    def __len__(self):
        return 1


class Meta(type):
    def mro(cls):
        return (cls, Base, object)


class Weird(metaclass=Meta):
    pass


class Below(Weird):
    def mro_of(self):
        return [c.__name__ for c in type(self).__mro__]


def read(n):
    return [Weird.value for _ in range(n)][-1]


print(read(50), len(Weird()), Below().mro_of())
Base.value = 2
print(read(50))
Base.__len__ = lambda self: 7
print(len(Weird()))
del Base.value
try:
    read(1)
except AttributeError as e:
    print(e)
