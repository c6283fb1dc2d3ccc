# needs: 3.14
# How those that take iterables say what is none: some in words of their own, whatever an __iter__ or a __len__ said.


class Items:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return 1


class LengthRaises(Items):
    def __len__(self):
        raise ValueError("from __len__")


class OnlyLength:
    def __len__(self):
        return 3


class ItemRaises:
    def __getitem__(self, i):
        raise TypeError("from __getitem__")


class IterRaises:
    def __init__(self, error):
        self.error = error

    def __iter__(self):
        raise self.error


class IterGivesNumber:
    def __iter__(self):
        return 5


class NotIterable:
    __iter__ = None


class Dict(dict):
    pass


class DictWithoutReversed(dict):
    __reversed__ = None


def spread(x):
    return [*x]


def passed_on(x):
    return (lambda *arguments: len(arguments))(*x)


def extended(x):
    return [].extend(x)


def sliced(x):
    items = [1, 2, 3]
    items[:1] = x


def sliced_by_two(x):
    items = [1, 2, 3, 4, 5, 6]
    items[::2] = x


TAKERS = [reversed, bytes, bytearray, bytearray().extend, bytearray().join, b"".join, "".join, list, tuple, set, frozenset, dict, sum, sorted,
          enumerate, zip, iter, min, any, spread, passed_on, extended, sliced, sliced_by_two, int.from_bytes, str.maketrans]
for value in (Items(), LengthRaises(), OnlyLength(), ItemRaises(), IterRaises(TypeError("from __iter__")), IterRaises(ValueError("from __iter__")),
              IterGivesNumber(), NotIterable(), Dict(), DictWithoutReversed(), {}, {1}, None, "x", 1.5):
    print(type(value).__name__)
    for take in TAKERS:
        try:
            take(value)
        except Exception as e:
            print("   ", take.__name__, type(e).__name__, e)
        else:
            print("   ", take.__name__, "takes it")
