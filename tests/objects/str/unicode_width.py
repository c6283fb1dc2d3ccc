# Strings of mixed storage widths: equality, hashing, ordering, slicing back to narrow.
# needs: 3.13
a = 'abc'; w = 'abc\u0100'[:3]; q = 'abc\U00010000'[:3]
print(a == w == q, hash(a) == hash(w) == hash(q), {a: 1, w: 2, q: 3}, a is not None, len({a, w, q}))
print('\xff' < '\u0100' < '\uffff' < '\U00010000', sorted(['\U0001F600', '\uffff', 'z', 'é', 'Z']), max('aé日😀'), min('aé日😀'))
s = 'aé日😀'
print([len(c.encode()) for c in s], [ord(c) for c in s], s[::-1], s.upper(), s * 2, s + s[0], s.find('😀'), s.index('日'), s.rfind('a'), '日' in s)
print([chr(i) for i in (0x41, 0xff, 0x100, 0xffff if False else 0xfffd, 0x10000, 0x10ffff if False else 0x1F600)], ord('\U0010ffff'), ord('\ud800'))
for e in ("chr(-1)", "chr(0x110000)", "ord('')", "ord('ab')", "ord(b'ab')", "ord(5)", "chr('a')", "chr(1.5)", "chr(10**30)", "ord('a' * 1000)"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
print(ord(b'a'), ord(bytearray(b'z')), chr(True) == '\x01', '\u0061' == 'a', 'é' == 'e\u0301', len('e\u0301'), 'ﬁ' == 'fi')
print('\0' < '\1', 'a\0b' == 'a\0b', len('a\0b'), 'a\0b'.split('\0'), 'a\0b'[1] == '\0', 'a\0' > 'a', repr('a\0b'))
print(''.join(chr(i) for i in range(0x3b1, 0x3ca)), 'ÀÉÎ'.lower(), 'straße'.upper(), 'İ'.lower().__len__())
t = '日' * 10; print(t.replace('日', 'x'), t.replace('日', 'x').isascii(), t[:0] == '', t.encode('utf-8').__len__(), t.strip('日') == '')
print(['%04x' % ord(c) for c in 'x\u0301é\ufeff'], 'a\u0301'.isalpha(), '👨‍👩‍👧'.__len__(), '🇫🇷'.__len__())
