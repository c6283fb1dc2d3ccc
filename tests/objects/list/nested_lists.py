# lists of lists: aliasing, flattening, transposing.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[[0] * 2 for _ in range(2)], [[1, 2], [3]] + [[4]], sum([[1], [2]], []), [x for r in [[1], [2, 3]] for x in r], list(zip(*[[1, 2], [3, 4]])), [list(c) for c in zip([1, 2], [3, 4])], [[1], [2]][1][0], len([[], []]), [[]] == [[]], [[1, 2], [3]] < [[1, 3]], max([[1, 5], [2]]), sorted([[2], [1, 9], [1]]), [1, [2, [3, [4]]]][1][1][1][0], str([[1, 'a'], []]), [] in [[]], [[1]].index([1]), [[1], [1]].count([1])
""")
