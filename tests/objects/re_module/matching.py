# re: match, search, fullmatch, groups, anchors, greedy and lazy.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import re
m = re.match(r'(?P<first>\w+) (?P<second>\d+)?(x)?', 'word 42 rest')
show(r"""
m.group(), m.group(0), m.group(1, 2), m.group('first'), m['second'], m[3], m.groups(), m.groups('d'), m.groupdict(), m.groupdict('z'), m.start(), m.end(1), m.span('second'), m.span(3), m.pos, m.endpos, m.lastindex, m.lastgroup, m.string, m.re.pattern, m.regs, m.expand(r'\2-\g<first>')
m.group(9)
m.group('nope')
m['x']
m.start('a')
re.match('b', 'ab'), re.search('b', 'ab').span(), re.fullmatch('a', 'ab'), re.fullmatch('ab?', 'ab').group(), re.match('', 'x').span(), re.search('$', 'ab').span(), re.search('^b', 'a\nb', re.M).span(), re.match('a.c', 'a\nc'), bool(re.match('a.c', 'a\nc', re.S)), re.match('A', 'a', re.I).group()
re.search(r'<.*>', '<a><b>').group(), re.search(r'<.*?>', '<a><b>').group(), re.search('a{2,3}', 'aaaa').group(), re.search('a{2,3}?', 'aaaa').group(), re.search('a{,2}', 'aaa').group(), re.search('a{2,}', 'aaaa').group(), re.search('(a|ab)(c|bcd)', 'abcd').groups(), re.search('a{2}', 'a'), re.search('x*', 'aaa').span(), re.search('a{x', 'a{x').group()
re.search(r'\bfoo\b', 'a foo b').span(), re.search(r'\Bo', 'foo').span(), re.search(r'\Aab\Z', 'ab').span(), re.search(r'ab$', 'ab\n').span(), re.search(r'ab\Z', 'ab\n'), re.search(r'(?=b)', 'ab').span(), re.search(r'a(?!b)', 'abac').span(), re.search(r'(?<=a)b', 'ab').span(), re.search(r'(?<!a)b', 'abcb').span()
re.search(r'(\w)\1', 'hello').group(), re.search(r'(?P<q>[\'"]).*?(?P=q)', 'say "hi" x').group(), re.search(r'(a)?b(?(1)c|d)', 'bd').group(), re.search(r'(a)?b(?(1)c|d)', 'abc').group(), re.search('(?:ab)+', 'ababx').group(), re.search('(?i:A)b', 'ab').group(), re.search('(?s).', '\n').group(), re.search('(?x) a b # c', 'ab').group(), re.search('(?>a+)b', 'aab').group(), re.search('a++b', 'aab').group(), re.search('a*+a', 'aaa'), re.search('a?+a', 'a')
re.search(r'[a-c]+', 'xabcd').group(), re.search(r'[^a-c]+', 'abxyc').group(), re.search(r'[\d\-x]+', 'a1-x').group(), re.search(r'[]a]+', ']a').group(), re.search(r'[^]a]', ']ab').group(), re.search(r'[\]]', ']').group(), re.search(r'[a\-z]+', '-z').group(), re.search('[é-ü]', 'ö').group(), re.search(r'[\W]', 'a!').group(), re.search(r'\d+', '٣4').group(), re.search(r'\d+', '٣4', re.A).group(), re.search(r'\w+', 'éa', re.A).group(), re.search(r'\s', 'a\u2003').span()
re.search('É', 'é', re.I).group(), re.search('ß', 'ẞ', re.I), re.search('[a-z]', 'K', re.I).group(), re.search('ſ', 's', re.I).group(), re.search('σ', 'ς', re.I).group()
re.match(b'a(.)', b'abc').groups(), re.match(rb'\w+', b'a\xe9').group(), re.match(r'\x41\u0042\U00000043\n\t\\', 'ABC\n\t\\').group(), re.match(r'\N{BULLET}', '\u2022').group(), re.match(r'\101\0', 'A\0').group()
re.match('a', b'a')
re.match(b'a', 'a')
re.match('a', 5)
re.match('a', None)
repr(m), repr(re.match('x' * 60, 'x' * 60)), bool(m), re.match('(a)(b)?', 'a').lastindex, re.match('((a)(b))', 'ab').lastindex, re.match('(?P<n>a)|b', 'b').lastgroup
""")
