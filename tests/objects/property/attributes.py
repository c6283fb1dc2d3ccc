# property objects by hand.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

p = property(lambda s: 'g', lambda s, v: None, lambda s: None, 'doc')
show(r"""
p.fget(1), p.__doc__, p.__get__(5), p.__get__(None, int) is p, p.__set__(5, 1), p.__delete__(5), p.getter(len).fget is len, p.setter(len).fset is len, p.deleter(len).fdel is len, type(p), property().fget
property().__get__(5)
property().__set__(5, 1)
property().__delete__(5)
property(5).__get__(1)
setattr(p, 'fget', 1)
property(1, 2, 3, 4, 5)
p.foo
""")
