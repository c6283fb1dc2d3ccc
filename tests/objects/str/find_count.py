# find, rfind, index, rindex, count, startswith, endswith with ranges.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'hello'.find('l'), 'hello'.rfind('l'), 'hello'.find('z'), 'hello'.find(''), 'hello'.rfind(''), 'hello'.find('l', 3), 'hello'.find('l', 4), 'hello'.find('lo', 0, 4), 'hello'.find('', 5), 'hello'.find('', 6), 'hello'.rfind('', 0, 3), 'hello'.find('l', -2), 'hello'.find('h', -100), 'hello'.find('o', None, -1), 'hello'.rfind('l', None, 3), 'hello'.find('e', 2, 1)
'hello'.index('l'), 'hello'.rindex('l'), ''.find(''), ''.rfind(''), ''.find('a'), 'a'.find('aa'), 'aXbXc'.rindex('X', 0, 3)
'hello'.index('z')
'hello'.rindex('z')
'hello'.index('h', 1)
'banana'.count('a'), 'banana'.count('an'), 'banana'.count('ana'), 'banana'.count(''), 'banana'.count('a', 2), 'banana'.count('a', 2, 4), ''.count(''), ''.count('a'), 'aaa'.count('aa'), 'abc'.count('', 1), 'abc'.count('', 4), 'abc'.count('', 3), 'abc'.count('', 2, 1), 'é日é'.count('é'), 'ab'.count('😀')
'hello'.startswith('he'), 'hello'.startswith('lo', 3), 'hello'.startswith(''), 'hello'.startswith('', 6), 'hello'.startswith('', 5), 'hello'.startswith(('x', 'h')), 'hello'.startswith(()), 'hello'.startswith('ell', 1, 3), 'hello'.startswith('el', 1, 3), 'hello'.startswith('hello!'), 'hello'.startswith('o', -1)
'hello'.endswith('lo'), 'hello'.endswith('hell', 0, 4), 'hello'.endswith(''), 'hello'.endswith(('x', 'o')), 'hello'.endswith('lo', -1), 'hello'.endswith('', 5, 5), 'hello'.endswith('', 6), 'hello'.endswith('el', None, -2), 'é'.endswith('é')
'hello'.startswith(5)
'hello'.startswith(['h'])
'hello'.startswith(('x', 5))
'hello'.startswith(('h', 5))
'hello'.endswith(None)
'hello'.find(5)
'hello'.find('l', 'a')
'hello'.find('l', 1.0)
'hello'.count(5)
'hello'.find()
'hello'.find('l', 1, 2, 3)
'abc' in 'xabcx', '' in '', 'a' in '', 'é' in 'caf\xe9', '日' in 'abc', 'b\x00' in 'ab\x00c'
5 in 'abc'
('a' * 1000 + 'b').find('b'), ('ab' * 500).rfind('ba'), ('a' * 500 + 'b' + 'a' * 500).find('a' * 100 + 'b' + 'a' * 100), ('x' * 10000).count('xx'), ('abc' * 1000).find('cabcb')
""")
