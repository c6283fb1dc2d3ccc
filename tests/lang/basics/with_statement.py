# Context managers written as classes.
class Tag:
    def __init__(self, name): self.name = name
    def __enter__(self): print("<" + self.name + ">"); return self
    def __exit__(self, t, v, tb): print("</" + self.name + ">", t is None); return t is ValueError
with Tag("a") as a:
    print(a.name)
    with Tag("b"):
        print("inside")
with Tag("c"): raise ValueError("swallowed")
try:
    with Tag("d"): raise KeyError("kept")
except KeyError as e: print(repr(e))
def f():
    with Tag("ret"): return "value"
print(f())
