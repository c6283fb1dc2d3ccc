# namedtuple fields and methods.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from collections import namedtuple
P = namedtuple('P', 'x y')
show(r"""
P(1, 2), P(1, 2).x, P(y=1, x=2), P(1, 2)[1], P(1, 2) == (1, 2), P._fields, P(1, 2)._asdict(), P(1, 2)._replace(y=5), P._make('ab'), tuple(P(1, 2)), len(P(1, 2)), list(P(1, 2)), hash(P(1, 2)) == hash((1, 2)), max(P(1, 2), P(0, 9)), P(*'ab'), repr(P(1, 'a')), namedtuple('Q', ['a', 'b'], defaults=[1])(5)
P(1)
P(1, 2, 3)
P(z=1)
P(1, 2).z
setattr(P(1, 2), 'x', 1)
namedtuple('P', 'x x')
namedtuple('P', '1a')
namedtuple('1', 'a')
""")
