# dict comprehensions: order, overwriting, nesting.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
{k: v for k, v in [(1, 'a'), (2, 'b'), (1, 'c')]}, {x: x * x for x in range(5) if x % 2}, {c: i for i, c in enumerate('hello')}, {v: k for k, v in {'a': 1, 'b': 2}.items()}, {(i, j): i * j for i in range(2) for j in range(2)}, {k: {j: j for j in range(k)} for k in range(3)}, {**{k: 1 for k in 'ab'}, 'b': 2}
{k: 1 for k in [[]]} if False else 0
{1: 2 for _ in 5}
{k: 1 / k for k in (1, 0)} if False else 0
""")
