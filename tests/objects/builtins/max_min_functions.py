# max and min with keys and defaults.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
max(1, 2), max([3, 1, 2]), max('abc'), max([], default=0), max([-3, 2], key=abs), max('a', 'bb', key=len), min(3, 1), min('hello'), min([], default=None), min({3: 'a', 1: 'b'}), max([[1, 2], [1, 3]]), max((1, 'a'), (1, 'b')), max(True, 2), max(1, 1.0), max(1.0, 1), min(x * x for x in range(-3, 3))
max([])
min('')
max(1)
max([1, 'a'])
max(1, key=len)
max([1], default=1, foo=2)
max(1, 2, default=0)
""")
