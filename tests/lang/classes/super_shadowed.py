# Something else that is called super gets the arguments that are written.
class MySuper:
    msg = "shadowed"

    def __init__(self, *args):
        print([getattr(a, "__name__", type(a).__name__) for a in args])

    def hello(self):
        return "hello"


super = MySuper


class C:
    def zero(self):
        return super().msg, super().hello()

    def two(self):
        return super(C, self).msg, super(C, self).hello()


print(C().zero())
print(C().two())
