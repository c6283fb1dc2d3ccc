# Changing a dict while iterating: errors, allowed updates, iterator state.
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def add():
    d = {1: 1, 2: 2}
    for k in d: d[k + 10] = 1
def dele():
    d = {1: 1, 2: 2}
    for k in d: del d[k]
def swap():
    d = {1: 1, 2: 2, 3: 3}
    for k in d: del d[k]; d[k + 10] = 1
def update():
    d = {1: 1, 2: 2}
    for k in d: d[k] *= 10
    return d
def clear():
    d = {1: 1, 2: 2}
    for k in d: d.clear()
    return d
def items():
    d = {1: 1}
    for k, v in d.items(): d[2] = 2
def values():
    d = {1: 1, 2: 2}
    for v in d.values(): d.pop(1, 0)
def safe():
    d = {i: i for i in range(5)}
    for k in list(d): del d[k]
    return d
def last():
    d = {1: 1}
    for k in d: d[2] = 1; break
    return d
def rev():
    d = {1: 1, 2: 2}
    for k in reversed(d): d[3] = 3
for f in (add, dele, update, clear, items, values, safe, last, rev): t(f)
d = {1: 1, 2: 2}; it = iter(d); print(next(it), it.__length_hint__()); d[3] = 3; t(lambda: next(it)); t(lambda: next(it)); del d[3]; t(lambda: next(it)); print(it.__length_hint__())
it = iter({}); t(lambda: next(it)); print(list(iter({1: 2}.items())), it.__length_hint__())
d = {1: 1, 2: 2}; it = iter(d.items()); print(next(it), list(it), list(it)); d[9] = 9; t(lambda: list(it))
class E:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o): victim.clear(); return False
victim = {}; victim[E(1)] = 1
t(lambda: victim.get(E(2))); print(len(victim))
victim = {E(1): 1}
def setit(): victim[E(3)] = 3; return len(victim)
t(setit)
