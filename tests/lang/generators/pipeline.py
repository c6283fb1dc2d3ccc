# Generators composed into pipelines, coroutines and schedulers.
def producer(n):
    for i in range(n): yield i
def batch(it, n):
    b = []
    for x in it:
        b.append(x)
        if len(b) == n: yield b; b = []
    if b: yield b
print(list(batch(producer(7), 3)))
def coroutine(f):
    def start(*a): c = f(*a); next(c); return c
    return start
@coroutine
def grep(pat, target):
    while True:
        line = yield
        if pat in line: target.send(line)
@coroutine
def sink(out):
    while True: out.append((yield))
out = []; p = grep('py', sink(out)); [p.send(l) for l in ('python', 'ruby', 'pypy')]; print(out)
def task(name, n):
    for i in range(n): print(name, i, end=' '); yield
def run(tasks):
    tasks = list(tasks)
    while tasks:
        t = tasks.pop(0)
        try: next(t); tasks.append(t)
        except StopIteration: pass
    print()
run([task('a', 3), task('b', 1), task('c', 2)])
def sieve():
    found = {}; q = 2
    while True:
        if q not in found: yield q; found[q * q] = [q]
        else:
            for p in found.pop(q): found.setdefault(p + q, []).append(p)
        q += 1
s = sieve(); print([next(s) for _ in range(15)])
def flatten(x):
    for i in x:
        if isinstance(i, (list, tuple)): yield from flatten(i)
        else: yield i
print(list(flatten([1, [2, (3, [4, [5]]), []], 6])))
def interleave(*its):
    its = [iter(i) for i in its]
    while its:
        for it in its[:]:
            try: yield next(it)
            except StopIteration: its.remove(it)
print(''.join(interleave('abc', '12', 'xyzw')))
def trampoline(g):
    stack, val = [g], None
    while stack:
        try: r = stack[-1].send(val); val = None; stack.append(r)
        except StopIteration as e: stack.pop(); val = e.value
    return val
def fact(n): return 1 if n < 2 else n * (yield fact(n - 1))
print(trampoline(fact(20)))
