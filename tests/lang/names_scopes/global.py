# global statements: creation, classes, nested functions and errors.
def a():
    global g1, g2
    g1 = 1
    g2 = []
a(); print(g1, g2)
def b():
    global g1
    g1 += 10
    def c():
        return g1
    return c()
print(b())
def d():
    g1 = 'local'
    def e():
        global g1
        g1 = 'set by e'
        return g1
    return e(), g1
print(d(), g1)
class K:
    global from_class
    from_class = 7
print(from_class, 'from_class' in vars(K))
def f():
    global K2
    class K2: pass
    global imported
    import sys as imported
    global fn
    def fn(): return 'fn'
    global loop
    for loop in range(3): pass
    global exc
    try: 1 / 0
    except ZeroDivisionError as exc: pass
f(); print(K2.__name__, K2.__qualname__, imported.__name__, fn(), fn.__qualname__, loop, 'exc' in globals())
def h():
    global g1
    del g1
h(); print('g1' in globals())
try: h()
except NameError as e: print(e)
for s in ("def f():\n x=1\n global x", "def f():\n print(x)\n global x", "def f(x):\n global x", "global x\nx=1", "def f():\n global x\n global x",
          "def f():\n for x in y: pass\n global x", "def f():\n x: int\n global x", "def f():\n global x\n x: int = 1", "def f():\n global f\n def f(): pass"):
    try: compile(s, '', 'exec'); print("ok")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
globals()['dynamic'] = 42
print(dynamic)
