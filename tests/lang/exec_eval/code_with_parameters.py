# Code that has parameters, run where nobody gives arguments: as a class body and by exec and eval.
def attempt(f):
    try:
        print(f())
    except TypeError as e:
        print('TypeError', e)

def plain(x):
    for i in x: pass
def keyword(*, k): return k
def cell(x): return lambda: x
def rest(*a, **k): print(a, k)
def default(x=[1], *, k=2): print(x, k)
def generator(x): yield x

build = __build_class__
for f in plain, keyword, cell, rest, default:
    attempt(lambda: build(f, 'C').__name__ if f in (rest, default) else build(f, 'C'))
    if f is not cell:
        attempt(lambda: exec(f.__code__))
        attempt(lambda: eval(f.__code__))
attempt(lambda: exec(generator.__code__))
attempt(lambda: build(generator, 'C'))
