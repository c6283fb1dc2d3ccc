# getattr, hasattr, setattr and delattr on simple objects.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A: x = 1
a = A()
show(r"""
getattr(a, 'x'), getattr(a, 'y', 2), hasattr(a, 'x'), hasattr(a, 'y'), setattr(a, 'z', 3), a.z, delattr(a, 'z'), hasattr(a, 'z'), getattr(5, 'real'), getattr('a', 'upper')(), hasattr([], 'append'), hasattr(5, '__add__')
getattr(a, 'nope')
delattr(a, 'nope')
getattr(a, 5)
setattr(a, 5, 1)
hasattr(a, None)
getattr(a)
""")
