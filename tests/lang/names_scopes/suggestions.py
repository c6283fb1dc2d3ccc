# "Did you mean" is added to the traceback, not to str(e).
# needs: 3.12
import sys, traceback
def last(f):
    try: f()
    except Exception as e:
        print(e, '|', traceback.format_exception(type(e), e, e.__traceback__)[-1].strip())
value = 1
def a():
    counter = 1
    return countr
def b(): return vlaue
def c(): return prnt
class K:
    blech = 1
    def bluch(self): pass
def d(): return K().blach
def e(): return [].apend
def f(): return "".uper
def g(): return completely_different_thing
class S:
    def __init__(self): self.attribute = 1
    def m(self): return attribute
for fn in (a, b, c, d, e, f, g, S().m): last(fn)
def h():
    import colections
last(h)
