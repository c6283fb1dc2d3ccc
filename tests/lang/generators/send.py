# send: values, first send, interplay with for, yield as an expression.
def echo():
    r = None
    while True: r = yield r; print('got', r)
e = echo()
try: e.send(1)
except TypeError as x: print(x)
print(next(e), e.send(1), e.send('a'), next(e))
def avg():
    total, n, a = 0, 0, None
    while True:
        v = yield a
        total += v; n += 1; a = total / n
a = avg(); next(a); print(a.send(10), a.send(20), a.send(3))
def expr():
    x = (yield 1) + (yield 2)
    print('sum', x)
    print('tuple', (yield), (yield))
    l = [(yield 'a'), (yield 'b')]
    print(l, 'if' if (yield 'cond') else 'else')
    return 'ret'
g = expr(); print(next(g)); print(g.send(10)); g.send(20); g.send('p'); print(g.send('q')); print(g.send('x')); print(g.send('y'))
try: g.send(0)
except StopIteration as s: print(s.value)
try: g.send(None)
except StopIteration as s: print('after', s.value)
def args(): print('call got', (yield 'arg1'), (yield 'arg2'), sep='-')
g = args(); next(g); g.send(1)
try: g.send(2)
except StopIteration: pass
def f(): x = yield; y = yield x; return x, y
g = f(); next(g); print(g.send('X'))
try: g.send('Y')
except StopIteration as s: print(s.value)
def collect(out):
    try:
        while True: out.append((yield len(out)))
    except GeneratorExit: out.append('closed')
o = []; c = collect(o); next(c); [c.send(i) for i in 'abc']; c.close(); print(o)
lam = lambda: (yield); g = lam(); next(g)
try: g.send('lam')
except StopIteration as s: print(s.value)
