# OSError reads its arguments in __new__, unless only __init__ was replaced.
class WithNew(OSError):
    def __new__(cls, message, baz):
        self = super().__new__(cls, message)
        self.baz = baz
        return self


e = WithNew("some message", "baz")
print(e.args, e.baz, e.errno)
e = WithNew("some message", baz="baz")
print(e.args, e.baz)


class WithInit(OSError):
    def __init__(self, message, baz):
        super().__init__(message)
        self.baz = baz


e = WithInit("some message", baz="baz")
print(e.args, e.baz)


class WithBoth(OSError):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, 2, "text")

    def __init__(self, *args, **kwargs):
        super().__init__("ignored", 1, 2)


print(WithBoth(1, a=2).args, WithBoth(1).errno)

# Positions of a UnicodeError may be anything.
u = UnicodeEncodeError("baz", "xxxxx", 1, 5, "foo")
for start, end in ((1, 2), (1000, 5), (-3, -2), (2, 9)):
    u.start, u.end = start, end
    print(u)
