# seeded random in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import random
random.seed(1)
r1, r2 = random.Random(5), random.Random(5)
show(r"""
[random.random() for _ in range(3)]
[random.randint(1, 6) for _ in range(10)]
random.choice('abcdef'), random.sample(range(10), 4), random.uniform(1, 2)
(lambda l: (random.shuffle(l), l))(list(range(8)))
random.choice([])
random.sample([1], 5) if False else random.getrandbits(16)
r1.random() == r2.random(), r1.randrange(100) == r2.randrange(100)
""")
