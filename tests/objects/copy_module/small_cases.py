# copy and deepcopy in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import copy
a = [1, [2], {'k': [3]}]
class P:
    def __init__(self): self.v = [1]
p = P(); q = copy.copy(p); r = copy.deepcopy(p)
show(r"""
copy.copy(a) == a, copy.copy(a) is a, copy.copy(a)[1] is a[1], copy.deepcopy(a) == a, copy.deepcopy(a)[1] is a[1], copy.deepcopy(a)[2]['k'] is a[2]['k'], copy.copy((1, 2)), copy.copy('a'), copy.deepcopy(5), copy.copy({1: 2}), copy.deepcopy({1: {2}}), copy.copy(len) is len, copy.copy(None)
q.v is p.v, r.v is p.v, r.v == p.v, type(r).__name__
copy.copy(x for x in 'a')
""")
