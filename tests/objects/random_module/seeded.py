# random with fixed seeds: the exact Mersenne Twister sequences.
import random
r = random.Random(42)
print([r.random() for _ in range(3)], [r.randint(1, 100) for _ in range(5)], [r.randrange(0, 100, 7) for _ in range(4)], r.getrandbits(10), r.getrandbits(100), r.choice('abcdef'), r.choices([1, 2, 3], k=5), r.choices('ab', weights=[1, 9], k=5), r.sample(range(100), 5), r.uniform(1, 10))
l = list(range(10)); r.shuffle(l); print(l, r.gauss(0, 1), r.normalvariate(0, 1), r.expovariate(1.5), r.betavariate(2, 3), r.triangular(0, 10, 5), r.randbytes(4), r.gammavariate(1, 2), r.paretovariate(3), r.vonmisesvariate(0, 1), r.lognormvariate(0, 1), r.weibullvariate(1, 2))
for seed in (0, 1, -1, 10**30, 'text', b'bytes', 1.5, bytearray(b'ba')): r.seed(seed); print(seed, r.random(), r.randrange(10**6))
r.seed(5); s = r.getstate(); a = [r.random() for _ in range(3)]; r.setstate(s); print(a == [r.random() for _ in range(3)], s[0], len(s[1]), s[2])
r.seed(9); print([r.randrange(2**70) for _ in range(2)], [r.getrandbits(1) for _ in range(8)], r.getrandbits(0), r.sample('abc', 3), r.sample([1, 2], 3, counts=[2, 2]), r.choices(range(5), cum_weights=[1, 2, 3, 4, 10], k=3))
for f in (lambda: r.choice([]), lambda: r.sample([1], 2), lambda: r.sample({1, 2}, 1), lambda: r.choices([], k=1), lambda: r.choices([1], weights=[0]), lambda: r.choices([1, 2], weights=[1]), lambda: r.setstate((1,)), lambda: r.sample([1], -1), lambda: r.random(1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
random.seed(123); print(random.random(), random.randint(0, 9), random.choice([1, 2, 3]), random.sample(range(5), 2)); random.seed(7); x = list('abcde'); random.shuffle(x); print(''.join(x))
