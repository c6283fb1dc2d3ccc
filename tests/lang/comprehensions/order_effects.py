# Evaluation order and exceptions in comprehensions; iter called once, early.
log = []
def v(n, x=None): log.append(n); return x
def flush(): print(log); log.clear()
{v(('k', i), i): v(('v', i), i) for i in v('it', [1, 2])}; flush()
[v(('e', i, j)) for i in v('o', [1, 2]) for j in v(('i', i), [0]) if v(('c', i, j), True)]; flush()
{v(i) for i in v('it', [1, 2]) if v(('c', i), i == 2)}; flush()
g = (v(('g', i)) for i in v('early', [1, 2])); flush(); next(g); flush(); list(g); flush()
g = (v(j) for i in v('first', [1]) for j in v('second', [2])); flush(); list(g); flush()
try: (x for x in 5)
except TypeError as e: print(e)
g = (x for y in [1] for x in 5)
try: list(g)
except TypeError as e: print(e)
class It:
    def __iter__(self): log.append('iter'); return iter([1, 2, 3])
[0 for _ in It()]; flush()
g = (0 for _ in It()); flush()
try: [v(i, i) / (2 - i) for i in [0, 1, 2, 3]]
except ZeroDivisionError: flush()
def gen():
    try:
        yield 1
        yield 2
    finally: log.append('closed')
[x for x in gen()]; flush()
def stop(): raise StopIteration
try: print(list(stop() for _ in [1]))
except RuntimeError as e: print(e)
try: print([stop() for _ in [1]])
except StopIteration as e: print("StopIteration from a list comprehension")
n = 0
def inc():
    global n
    n += 1
    return n
print([inc() for _ in 'abc'], {inc(): inc() for _ in 'ab'}, [(inc(), inc()) for _ in 'a'])
l = [1, 2, 3]
print([l.pop() for _ in range(2)], l, [l.append(x) for x in l if len(l) < 4], l)
