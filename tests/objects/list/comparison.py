# list ordering and equality.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[1, 2] == [1, 2], [1, 2] == (1, 2), [1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [2] > [1, 5], [1] <= [1], [1] >= [1, 0], [1, 'a'] == [1, 'a'], [[1], [2]] < [[1], [3]], [1] != [2], ['a', 1] < ['b', None]
[1] < ['a']
[1] < (2,)
[None] < [None, 1], [None] == [None]
[None] < [1]
[1, 'a'] < [1, 2]
[{}] < [{}], 0
""")
