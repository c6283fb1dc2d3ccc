# and/or/not return operands and short-circuit.
# needs: 3.14
def t(x): print('t%r' % (x,), end=' '); return x
print(t(1) and t(2)); print(t(0) and t(2)); print(t(1) or t(2)); print(t(0) or t(2)); print(t('') or t([]) or t(None))
print(t(1) and t(0) and t(2)); print(t(0) or t(1) and t(3)); print(not t(0), not t(5)); print(t(1) and not t(0) or t(9))
class B:
    def __init__(self, v): self.v = v
    def __bool__(self): print("bool", self.v, end=' '); return self.v
x, y = B(True), B(False)
if x and y: print("then")
else: print("else")
if x or y: print("then")
if not y: print("not y")
print((x and y) is y, (y or x) is x)
print(bool(x and 5), 1 if y else 2)
class L:
    def __len__(self): print("len", end=' '); return 0
print(bool(L()), not L())
class Bad:
    def __bool__(self): return 1
class BadLen:
    def __len__(self): return -1
class BadLen2:
    def __len__(self): return 'a'
class NoBool:
    __bool__ = None
for c in (Bad, BadLen, BadLen2, NoBool):
    try:
        if c(): pass
    except Exception as e:
        print(type(e).__name__, e)
while not (x and y):
    print("loop"); break
