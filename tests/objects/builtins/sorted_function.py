# sorted with key and reverse.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
sorted([3, 1, 2]), sorted('hello'), sorted([]), sorted([1, 2], reverse=True), sorted(['b', 'A'], key=str.lower), sorted({2, 1}), sorted({'b': 1, 'a': 2}), sorted([(2, 'a'), (1, 'b')]), sorted([1.5, 1, True, 0.5]), sorted('abc', key=lambda c: -ord(c)), sorted(range(5), key=lambda x: x % 2), sorted([[3], [1, 2]])
sorted([1, 'a'])
sorted(5)
sorted([1, 2], key=5)
sorted([1], cmp=None)
sorted([None, 1])
sorted([{}, {}])
""")
