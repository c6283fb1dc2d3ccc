# what object gives every instance.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A: pass
a = A()
show(r"""
a == a, a != a, a == A(), hash(a) == hash(a), bool(a), str(a) == repr(a), a.__class__, isinstance(a, object), a.__dict__, a.__doc__, a.__module__, repr(a).startswith('<__main__.A object at 0x'), a.__eq__(5), a.__ne__(a), a.__lt__(1), a.__sizeof__() > 0, object() == object()
a < a
a + a
a()
a[0]
len(a)
iter(a)
a.x
int(a)
abs(a)
object().x
setattr(object(), 'x', 1) if False else object.x
a.__format__('x')
format(a, '>5')
a.__init__(1)
""")
