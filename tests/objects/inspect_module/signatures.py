# inspect.signature, members, source-free helpers.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import inspect
def f(a, b: int = 1, /, c=2, *args, d, e: str = 'x', **kw) -> bool: "doc"
class A:
    def m(self, x): pass
    @classmethod
    def c(cls, y=1): pass
    @staticmethod
    def s(z): pass
    def __call__(self, q): pass
def gen(): yield
show(r"""
str(inspect.signature(f)), [(p.name, p.kind.name, p.default is p.empty) for p in inspect.signature(f).parameters.values()], str(inspect.signature(A.m)), str(inspect.signature(A().m)), str(inspect.signature(A.c)), str(inspect.signature(A.s)), str(inspect.signature(A())), str(inspect.signature(A)), inspect.signature(f).bind(1, d=2).arguments, inspect.getdoc(f), inspect.isfunction(f), inspect.ismethod(A().m), inspect.isclass(A), inspect.isbuiltin(len), inspect.isgeneratorfunction(gen), inspect.getfullargspec(f), inspect.getmro(A)[0].__name__, inspect.cleandoc('a\n   b\n   c'), str(inspect.signature(lambda x, *y: 0)), inspect.isroutine(len), inspect.unwrap(f) is f, [n for n, v in inspect.getmembers(A, inspect.isfunction)]
inspect.signature(f).bind(1)
inspect.signature(f).bind()
inspect.signature(5)
inspect.signature(f).replace(parameters=[])
inspect.Parameter('1a', inspect.Parameter.POSITIONAL_ONLY)
""")
