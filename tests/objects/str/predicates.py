# isalpha, isdigit, isspace ... over ASCII and Unicode.
names = ['isalnum', 'isalpha', 'isascii', 'isdecimal', 'isdigit', 'isidentifier', 'islower', 'isnumeric', 'isprintable', 'isspace', 'istitle', 'isupper']
samples = ['', 'a', 'A', '1', ' ', 'abc', 'Abc', 'ABC', 'a1', '1a', '_x', 'a b', 'A B', 'Ab Cd', 'AB cd', '\n', '\t \r', '\x1c', '\x85', '\xa0', '\u2003', '\u200b', '²', '½', '٣', '௧', 'Ⅷ', '一', 'é', 'ß', 'ª', 'ǅ', 'ǅabc', '日本', '😀', '\ud800', '\x7f', '\x00', '$', 'a$', '1.5', '-1', 'A1', 'a1b', '1A', "It's", 'ⓐ', 'Ⓐ', 'x\u0301']
for s in samples:
    print(ascii(s), ''.join('01'[getattr(s, n)()] for n in names))
for n in names:
    print(n, [ascii(chr(c)) for c in range(0x80, 0x180) if getattr(chr(c), n)()].__len__(), sum(getattr(chr(c), n)() for c in range(128)))
