# attributes of types.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A:
    "doc A"
    x = 1
    def m(self): pass
class B(A): pass
show(r"""
A.__name__, B.__mro__, B.__bases__, B.__base__, A.__doc__, B.__doc__, A.__module__, A.__qualname__, A.__dict__['x'], 'm' in A.__dict__, 'm' in B.__dict__, A.__class__, type(A.__dict__).__name__, B.mro(), A.__subclasses__(), A.__call__().__class__.__name__, int.__bases__, bool.__mro__, type.__bases__, object.__bases__
setattr(int, 'x', 1)
setattr(A, '__name__', 5)
delattr(A, '__name__')
A.nope
A.__dict__.update
del_ if False else setattr(A, 'y', 5), A.y, B().y
A < B
A | B, A == A, hash(A) == hash(A), {A: 1}[A]
A[0]
A + 1
""")
