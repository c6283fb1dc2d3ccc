# find and index with start and end of every sign.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
['abcabc'.find('c', i) for i in range(-8, 8)]
['abcabc'.rfind('a', 0, i) for i in range(-8, 8)]
[('aaa'.find('', i), 'aaa'.rfind('', i), 'aaa'.count('', i)) for i in range(-1, 6)]
'abc'.find('c', True), 'abc'.find('a', None, None), 'abc'.find('b', 10**20), 'abc'.find('b', -10**20, 10**20), 'aé日😀'.find('日'), 'aé日😀'.find('😀', 3), 'ab'.find('é')
'abc'.index('c', 0, 2)
'abc'.rindex('a', 1)
'abc'.find('a', 1.0)
""")
