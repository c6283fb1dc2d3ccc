# repr of strings: quotes, escapes, printable and unprintable characters; ascii().
for s in ["", "a", "it's", 'say "x"', 'both \' "', '\'', '\\', 'a\nb\tc\rd', '\x00\x01\x1f\x7f', '\x80\x9f\xa0\xad', 'é', 'ÿĀ', '日本', '\u2028\u2029', '\u200b\u200e', '\ud800', 'a\udfff', '😀', '\U000e0001', '\U0010ffff', '\ue000', '\ufeff', '\ufffe', '\u0378', '\u3000', 'a\u0301', '\x85']:
    print(repr(s), ascii(s), len(s), s.isprintable())
print(ascii([1, 'é', ('ü',), {'ß': 'œ'}]), ascii(5), ascii(None), ascii(b'\xff'))
class A:
    def __repr__(self): return 'é\u4e00😀'
print(ascii(A()), repr(A()), ascii([A()]))
print(["a'b", 'c"d', 'e\'f"g'], {'k\n': 'v\\'}, ("\t",))
print(repr('x' * 3 + "'"), repr("\"'"), repr('\a\b\f\v'))
