# __name__, __defaults__, __code__ and friends of simple functions.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

def f(a, b=1, *c, d, e=2, **g):
    "the doc"
    x = 1
    return x
show(r"""
f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__code__.co_varnames, f.__code__.co_argcount, f.__code__.co_kwonlyargcount, f.__code__.co_name, f.__module__, f.__closure__, f.__dict__, callable(f), f.__class__.__name__
(lambda: 0).__name__, len.__name__, [].append.__name__, int.__name__, f.__code__.co_flags & 12, f.__code__.co_consts[:1] if False else 'the doc', f.__get__(5).__self__, f.__globals__ is globals()
f.__name__ + 1
setattr(f, '__name__', 1)
setattr(f, '__defaults__', 1)
setattr(f, 'x', 5), f.x, delattr(f, 'x')
f.x
""")
