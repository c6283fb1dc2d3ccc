# map and filter basics.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(map(str, [1, 2])), list(map(lambda x, y: x * y, [1, 2], [3, 4, 5])), list(map(len, ['a', 'bb'])), list(filter(None, [0, 1, '', 'x'])), list(filter(lambda x: x % 2, range(5))), list(filter(str.isalpha, 'a1b')), list(map(int, '123')), sum(map(ord, 'ab')), list(map(pow, [2, 3], [3, 2])), ''.join(filter(str.isdigit, 'a1b2'))
map()
map(1)
list(map(1, [1]))
map(len, 5)
filter(None)
list(filter(1, [1]))
list(map(int, ['1', 'x']))
""")
