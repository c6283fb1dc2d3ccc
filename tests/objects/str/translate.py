# str.translate and str.maketrans.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class G:
    def __getitem__(self, k):
        if k == ord('a'): return 'A'
        if k == ord('b'): return None
        if k == ord('c'): return 99999
        raise LookupError
show(r"""
'hello'.translate({ord('l'): 'L'}), 'hello'.translate({ord('l'): None}), 'hello'.translate({104: 72, 101: 'EE'}), 'hello'.translate({}), ''.translate({1: 2}), 'abc'.translate({97: 'é', 98: '日', 99: '😀'}), 'é日'.translate({0xe9: 'e', 0x65e5: None})
str.maketrans('abc', 'xyz'), str.maketrans('ab', 'xy', 'z'), str.maketrans({'a': 'b', 99: None}), str.maketrans({}), str.maketrans('', '', 'ab'), 'aabbcc'.translate(str.maketrans('ab', 'ba', 'c')), 'abc'.maketrans('a', 'b')
'abcd'.translate(G()), 'hello'.translate([None] * 105), 'AB'.translate('x' * 66 + 'yz'), 'abc'.translate({97: ''}), ('a' * 10).translate({97: 'xy'}), 'x\x80'.translate({0x80: 'é'})
'a'.translate({97: 0x110000})
'a'.translate({97: -1})
'a'.translate({97: 1.5})
'a'.translate(5)
'a'.translate()
str.maketrans('a', 'bc')
str.maketrans('a', 5)
str.maketrans(5)
str.maketrans({'ab': 1})
str.maketrans({1.5: 1})
str.maketrans('a', 'b', 5)
str.maketrans()
str.maketrans('abc')
''.join(chr(i) for i in range(128)).translate({i: None for i in range(128) if not chr(i).isalpha()})
""")
