# Local, global and builtin lookup; shadowing and deletion.
x = 'global'
def read(): return x
def local(): x = 'local'; return x
def change():
    global x
    x = 'changed'
print(read(), local(), x); change(); print(x, read())
def unbound():
    print(y)
    y = 1
try: unbound()
except UnboundLocalError as e: print(e)
def cond(flag):
    if flag: z = 1
    return z
print(cond(True))
try: cond(False)
except UnboundLocalError as e: print(e, isinstance(e, NameError))
try: undefined_name
except NameError as e: print(e, e.name)
len = lambda x: 'shadowed'
print(len([1])); del len; print(len([1]))
def deleted():
    v = 1
    del v
    return v
try: deleted()
except UnboundLocalError as e: print(e)
def param(x):
    x = x + 1
    return x
print(param(1), x)
def make():
    global made
    made = 5
make(); print(made)
class C:
    x = 'class'
    y = x
    def m(self): return x
    l = [x for _ in range(1)]
print(C.y, C().m(), C.l)
for loopvar in range(3): inner = loopvar
print(loopvar, inner)
if False: never = 1
try: never
except NameError as e: print(e)
def f():
    for i in []: pass
    return i
try: f()
except UnboundLocalError as e: print(e)
del x
try: read()
except NameError as e: print(e)
