# staticmethod and classmethod objects by hand.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

s, c = staticmethod(len), classmethod(lambda cls, x=1: (cls, x))
show(r"""
s('abc'), s.__func__ is len, s.__get__(None, int)('ab'), c.__get__(None, int)(), c.__get__(5)(2), c.__func__(1), s.__wrapped__ is len, type(s).__name__, type(c).__name__, s.__name__, isinstance(s, staticmethod)
c()
staticmethod()
classmethod()
staticmethod(5)()
classmethod(5).__get__(1)()
staticmethod(1, 2)
s.foo
""")
