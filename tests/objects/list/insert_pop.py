# insert and pop positions.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(lambda l: (l.insert(i, 'X'), l)[1])([1, 2, 3]) for i in (-10, -3, -1, 0, 1, 3, 10)]
[(lambda l: (l.pop(i), l))([1, 2, 3]) for i in (-3, -1, 0, 2)], (lambda l: (l.pop(), l.pop(), l))([1, 2, 3])
[1].pop(1)
[1].pop(-2)
[].pop()
[].pop(0)
[1].pop(None)
[1].insert(None, 1)
[1].insert(0)
[1, 2].pop(True)
""")
