# zip of different lengths and iterables.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(zip()), list(zip([1])), list(zip('ab', [1, 2])), list(zip('abc', [1])), list(zip([], 'a')), list(zip(range(2), 'xy', (True, False))), dict(zip('ab', [1, 2])), list(zip(*[[1, 2], [3, 4]])), list(zip('ab', strict=True)), list(zip({'k': 1}, {2}))
list(zip('ab', [1], strict=True))
zip(1)
zip([1], 2)
[a + b for a, b in zip([1, 2], [3, 4])], sum(a * b for a, b in zip(range(5), range(5))), list(zip('abcd', 'abcd'[1:]))
""")
