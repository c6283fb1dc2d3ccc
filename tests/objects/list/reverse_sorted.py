# reverse, reversed and sorted variants.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
(lambda l: (l.reverse(), l))([1, 2, 3]), (lambda l: (l.reverse(), l))([]), list(reversed([1, 2])), sorted([3, 1, 2], reverse=True), sorted('hello', reverse=True), sorted([(1, 'b'), (1, 'a'), (0, 'z')], key=lambda t: t[0], reverse=True), sorted(['10', '9', '1'], key=int), sorted([1, -2, 3], key=abs), sorted([True, False, 2, 0.5]), sorted([[], [1], [0, 5]]), sorted({3, 1, 2}), sorted({'b': 0, 'a': 1}.items())
[3, 1].reverse(1)
sorted([1, 2], key='a')
sorted([3, 'a', 1])
[1, 2].sort(lambda x: x)
[b'a', 'a'].sort()
""")
