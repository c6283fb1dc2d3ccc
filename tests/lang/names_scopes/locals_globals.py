# locals(), globals(), vars() and dir() at module, function and class level.
a = 1
print(locals() is globals(), 'a' in globals(), vars() is globals())
def f(p, q=2, *args, k=3, **kw):
    z = p
    d = dict(locals())
    return d
print(f(1), f(1, 5, 6, k=7, m=8))
def g():
    x = 1
    d = locals()
    y = 2
    return sorted(d), sorted(locals()), sorted(vars()), dir()
r = g(); print(r[1:])
def outer():
    c = 1
    def inner():
        c
        i = 2
        return dict(locals())
    return inner(), sorted(locals())
print(outer())
globals()['b'] = 5; print(b)
class C:
    m = 1
    print(sorted(k for k in locals() if not k.startswith('__')), sorted(k for k in dir() if not k.startswith('__')))
    vars()['n'] = 2
print(C.n)
def comp():
    loc = 1
    return [sorted(locals()) for it in [0]]
print([('it' in s) for s in comp()])
def ex():
    v = 1
    exec("v = 2; w = 3")
    return v
print(ex())
def dele():
    u = 1; del u
    return 'u' in locals()
print(dele())
print((lambda t: sorted(locals()))(1))
