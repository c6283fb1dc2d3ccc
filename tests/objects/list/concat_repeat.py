# + and * of lists.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[1] + [2], [] + [], [1] + [[2]], [1] * 3, 2 * [1, 2], [1] * 0, [] * 100, [1] * -5, [[]] * 3, [1, 2] * True, sum([[1], [2, 3]], [])
[1] + 'a'
[1] + (2,)
[1] + None
[1] * '2'
[1] * 1.0
[1] * None
(lambda l: (l[0].append(1), l))([[]] * 2), (lambda l: (l + l, l * 2))([1, 2])
""")
