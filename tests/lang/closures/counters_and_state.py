# closures holding state.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def acc():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return add
a, b = acc(), acc(); print(a(1), a(2), b(10), a(3))
---
def make():
    d = {}
    def put(k, v): d[k] = v
    def get(k): return d.get(k)
    return put, get
p, g = make(); p('a', 1); print(g('a'), g('b'))
---
def toggle():
    on = False
    def flip():
        nonlocal on
        on = not on
        return on
    return flip
t = toggle(); print(t(), t(), t())
---
def memo(f):
    cache = {}
    def w(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    w.cache = cache
    return w
sq = memo(lambda x: x * x); print(sq(4), sq(4), sq.cache)
---
def compose(*fs):
    def inner(x):
        for f in fs: x = f(x)
        return x
    return inner
print(compose(lambda x: x + 1, str, len)(99))
---
def gen_ids(prefix):
    n = 0
    while True:
        n += 1
        yield f'{prefix}{n}'
i = gen_ids('x'); print(next(i), next(i))
---
def outer(x):
    def inner(): return x
    x += 1
    return inner
print(outer(1)())
---
def f():
    return [lambda: (a, b) for a in (1, 2) for b in (3, 4)]
print([g() for g in f()])
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
