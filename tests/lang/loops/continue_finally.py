# continue and break through try/finally/with/for nests.
class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): print("enter", self.n)
    def __exit__(self, *a): print("exit", self.n, a[0])
for i in range(4):
    with CM(i):
        if i == 0: continue
        if i == 2: break
        print("body", i)
for i in range(3):
    try:
        try:
            if i == 1: continue
            print("work", i)
        finally: print("inner", i)
    finally: print("outer", i)
def f():
    for i in range(3):
        try:
            try:
                if i == 1: return "returned %d" % i
            finally: print("f1", i)
        finally: print("f2", i)
print(f())
def g():
    for i in range(3):
        for j in range(3):
            try:
                with CM((i, j)):
                    if j == 1: break
                    if i == 1: return "g"
            finally: print("fin", i, j)
print(g())
for i in range(2):
    try: raise ValueError(i)
    except ValueError as e:
        if i == 0: continue
        print("caught", e)
    else: print("no")
    finally: print("f", i)
try: e
except NameError as x: print(x)
