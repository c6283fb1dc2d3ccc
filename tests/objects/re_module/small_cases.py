# re in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import re
show(r"""
re.match('a', 'abc').group(), re.match('b', 'abc'), re.search('b+', 'abbc').span(), re.findall(r'\d+', 'a1b22'), re.sub('a', 'X', 'banana'), re.split(',', 'a,b'), re.fullmatch('ab', 'abc'), re.match(r'(\w)(\w)', 'xy').groups(), re.match('(?P<n>a)', 'a').groupdict(), [m.start() for m in re.finditer('a', 'aba')], re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world'), re.compile('A', re.I).match('a').group(), re.escape('a.b'), re.sub('x', lambda m: 'y', 'axa'), bool(re.match(r'^\d{3}-\d{4}$', '555-1234')), re.findall('(a)(b)?', 'aba'), re.split(r'(\s)', 'a b')
re.match('a', 5)
re.match('a', 'a').group(1)
""")
