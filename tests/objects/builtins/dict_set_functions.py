# dict(), set(), frozenset() of inputs.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
dict(), dict(a=1), dict([(1, 2)]), dict({'a': 1}, b=2), dict(['ab', 'cd']), set(), set('aa'), set([1, 2]), frozenset('a'), frozenset(), dict(zip('ab', [1, 2])), set({1: 2}), set(range(2))
dict(1)
dict([1, 2]) if False else 0
dict(['abc'])
set(5)
set(1, 2)
frozenset(None)
dict({}, {})
""")
