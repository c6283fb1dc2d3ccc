# Docstrings: what counts as one, for functions, classes and modules.
"""not the first statement? it is the first statement"""
print(__doc__)
def a(): "simple"
def b(): 'adj' 'acent'
def c(): f"fstring"
def d(): b"bytes"
def e(): "x" + "y"
def f():
    x = 1
    "not first"
def g(): ("parenthesised")
def h(): r"raw \n"
def i(): u"unicode"
def j(): 5
def k(): "x".upper()
for fn in (a, b, c, d, e, f, g, h, i, j, k): print(fn.__name__, repr(fn.__doc__), fn())
class C: "class doc"
class D(C): pass
class E:
    x = 1
    "no"
class F: __doc__ = "assigned"
class G:
    "first"
    __doc__ = "second"
print(C.__doc__, D.__doc__, E.__doc__, F.__doc__, G.__doc__, C().__doc__, D().__doc__)
C.__doc__ = "changed"; print(C.__doc__, D().__doc__)
class P:
    @property
    def p(self):
        "prop doc"
    @staticmethod
    def s(): "static doc"
    @classmethod
    def c(cls): "class method doc"
    def m(self): "meth doc"
print(P.p.__doc__, P.s.__doc__, P.c.__doc__, P().m.__doc__, P.__dict__['s'].__doc__)
try: P().m.__doc__ = 'x'
except AttributeError as e: print(e)
print((lambda: "not doc").__doc__, (lambda: "not doc")())
print(int.__doc__ is not None, type(5).__doc__ == int.__doc__, len.__doc__ is not None, type(None).__doc__ is None or True)
