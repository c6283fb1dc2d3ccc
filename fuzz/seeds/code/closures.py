def counter(start, step=1):
    n = start
    def add(by=step):
        nonlocal n
        n += by
        return n
    def reset():
        nonlocal n
        del n
    def read():
        return [n + i for i in range(3)], (lambda: n)()
    return add, reset, read
add, reset, read = counter(10)
add(), add(5), read()
reset()
try: read()
except NameError as e: print(e)
def outer(a):
    class Inner:
        b = a
        def m(self): return a, __class__
        c = [a for _ in range(2)]
    return Inner
outer(3)().m()
global_name = 5
def use():
    global global_name
    global_name += 1
    del global_name
use()
fs = [lambda i=i: (i, fs) for i in range(3)]
exec('local = 1\ndel local', {})
