# sum of numbers and other addable things.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
sum([]), sum([1, 2, 3]), sum([1.5, 2.5]), sum(range(5)), sum([1], 10), sum([[1], [2]], []), sum([(1,), (2,)], ()), sum([True, False]), sum([1, 2.5, 1j]), sum({1: 'a', 2: 'b'}), sum(x * x for x in range(4)), sum([10**20, 1]), sum([], 'x'), sum([2**62, 2**62, -2**63])
sum(['a'])
sum(5)
sum([1, 'a'])
sum(['a'], '')
sum([None])
sum()
""")
