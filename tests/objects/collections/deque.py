# deque: ends, rotation, maxlen, indexing, mutation during iteration, errors.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

from collections import deque
d = deque('abc'); d.append('d'); d.appendleft('z'); d.extend('ef'); d.extendleft('yx'); print(d, len(d), d.pop(), d.popleft(), d)
d.rotate(2); print(d); d.rotate(-1); print(d); d.rotate(); print(d); d.rotate(100); print(d); d.reverse(); print(d, d[0], d[-1], d[2], d.index('b'), d.count('a'), 'a' in d, list(reversed(d)))
d[0] = 'N'; del d[1]; d.insert(1, 'ins'); d.insert(99, 'end'); d.insert(-1, 'neg'); d.remove('c'); print(d, d.copy() == d, d.maxlen); d.clear(); print(d, bool(d))
m = deque([1, 2, 3], maxlen=2); print(m); m.append(4); print(m); m.appendleft(5); print(m); m.extend([7, 8, 9]); print(m, m.maxlen, repr(m), deque(m), deque(maxlen=0)); z = deque('ab', 0); z.append(1); print(z)
print(deque([1]) + deque([2]), deque([1, 2]) * 2, 2 * deque([1]), deque([1, 2], 3) * 2, deque([1]) == deque([1]), deque([1]) == [1], deque([1]) < deque([2]), deque([1, 2]) > deque([1]), deque() == deque(maxlen=5))
e = deque([1]); e += [2]; e *= 2; print(e); f = deque([1]); f.append(f); print(f); e.extend(e); print(e); e.extendleft(deque([8, 9])); print(e)
for fn, a in ((deque().pop, ()), (deque().popleft, ()), (deque().remove, (1,)), (deque([1]).index, (5,)), (deque().rotate, ('a',)), (deque, (5,)), (deque, ([], -1)), (deque, ([], 'a')), (deque, ([], 1, 2)), (lambda: deque()[0], ()), (lambda: deque([1])['a'], ()), (lambda: deque([1])[0:1], ()), (lambda: deque([1]) + [1], ()), (lambda: deque([1], 1).insert(0, 1), ()), (hash, (deque(),)), (deque().append, ()), (lambda: deque() < [], ()), (deque([1, 2]).index, (2, 0, 1))): err(fn, *a)
d = deque([1, 2, 3])
def it():
    for x in d: d.append(x)
err(it); i = iter(d); next(i); d.popleft(); err(next, i); print(deque([1, 2, 3]).index(3, -1), deque(range(1000))[500], sum(deque(range(100)))); big = deque(range(200)); big.rotate(73); print(big[0], big[-1], len(big)); del big[100]; print(big[100], len(big)); big[50] = 'x'; print(big.index('x'))
