# mro() of a metaclass that makes classes, assigns __bases__ or asks super() while the order does not exist yet.
class Incomplete(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ == "A":
            try:
                class X(cls):
                    pass
            except TypeError as e:
                print(e)
            try:
                super(cls, cls).xxx
            except AttributeError:
                print("no attribute")
        return type.mro(cls)


class A(metaclass=Incomplete):
    pass


class Swap(type):
    ready = False

    def mro(cls):
        if Swap.ready and cls.__name__ == "C":
            Swap.ready = False
            C.__bases__ = (B2,)
        return type.mro(cls)


class Base(metaclass=Swap):
    pass


class B1(Base):
    pass


class B2(Base):
    pass


class C(Base):
    pass


Swap.ready = True
C.__bases__ = (B1,)
B1.__bases__ = (C,)
print(C.__bases__, B2.__subclasses__(), B1.__subclasses__(), C.__subclasses__())


class Cycle(type):
    ready = False

    def mro(cls):
        if Cycle.ready:
            if cls.__name__ == "D1":
                D2.__bases__ = (D1,)
            if cls.__name__ == "D2":
                D1.__bases__ = (D2,)
        return type.mro(cls)


class D(metaclass=Cycle):
    pass


class D1(D):
    pass


class D2(D):
    pass


Cycle.ready = True
try:
    D1.__bases__ += ()
except TypeError as e:
    print(e)


# __class__ needs the same __slots__ at the same places.
class S:
    __slots__ = "a", "b"


class T:
    __slots__ = "b", "a"


class U:
    __slots__ = "c", "b"


s = S()
s.a = 1
s.__class__ = T
print(s.a)
try:
    s.__class__ = U
except TypeError as e:
    print(e)


# Classes and modules keep their dict, however it is reached.
class Plain:
    pass


class Meta(type, Plain):
    pass


class WithMeta(metaclass=Meta):
    pass


class MetaOtherWay(Plain, type):
    pass


class Other(metaclass=MetaOtherWay):
    x = 1


print(Other.__dict__["x"])


try:
    Plain.__dict__["__dict__"].__set__(WithMeta, {})
except AttributeError as e:
    print("AttributeError")
