# nonlocal through several levels, shared cells and errors.
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
i, g = counter(); j, h = counter()
i(); i(5); j(); print(g(), h())
def outer():
    x = 'outer'
    def mid():
        def inner():
            nonlocal x
            x = 'inner'
            def deepest():
                nonlocal x
                x += '+deepest'
            deepest()
        inner()
        return x
    r = mid()
    return r, x
print(outer())
def shadow():
    x = 1
    def a():
        x = 2
        def b():
            nonlocal x
            x = 3
        b()
        return x
    return a(), x
print(shadow())
def cls():
    v = 1
    class K:
        nonlocal v
        v = 2
        w = v
    return v, K.w, hasattr(K, 'v')
print(cls())
def unb():
    def inner(): return late
    try: inner()
    except NameError as e: print(type(e).__name__, e)
    late = 5
    return inner()
print(unb())
def dele():
    q = 1
    def inner():
        nonlocal q
        del q
    inner()
    try: return q
    except NameError as e: return type(e).__name__, str(e)
print(dele())
for s in ("nonlocal x", "def f():\n nonlocal x", "def f(x):\n nonlocal x", "def f():\n x=1\n def g():\n  x=2\n  nonlocal x",
          "def f():\n x=1\n def g():\n  print(x)\n  nonlocal x", "def f():\n x=1\n def g():\n  global x\n  nonlocal x", "x=1\ndef f():\n nonlocal x",
          "def f(x):\n def g(x):\n  nonlocal x", "def f():\n x=1\n class C:\n  nonlocal x\n  def g(self):\n   nonlocal x"):
    try: compile(s, '', 'exec'); print("ok")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
