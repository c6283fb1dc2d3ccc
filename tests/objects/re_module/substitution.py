# re: sub, subn, split, findall, finditer, templates, functions, escape.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", ("error" if isinstance(e, re.error) else type(e).__name__) + ":", e)

import re
show(r"""
re.sub('a', 'b', 'banana'), re.sub('a', 'b', 'banana', count=2), re.subn('a', '', 'banana'), re.sub('', '-', 'abc'), re.sub('x*', '-', 'abxd'), re.sub('b*', 'X', 'abc'), re.sub(r'(\w)(\w)', r'\2\1', 'abcd'), re.sub(r'(?P<n>a)', r'[\g<n>]', 'aXa'), re.sub('(a)', r'\g<1>0', 'a'), re.sub('a', r'\\', 'a'), re.sub('a', r'\n', 'a'), re.sub('a', '\\\\n', 'a'), re.sub('(a)|b', r'[\1]', 'ab'), re.sub('a', lambda m: m.group().upper() + str(m.start()), 'aba'), re.sub('a', r'\g<0>\g<0>', 'a'), re.sub('(?i)A', 'x', 'aA'), re.sub('a', '\x00', 'a'), re.sub('.', r'\x', '') , re.sub('a', r'\101', 'a')
re.sub('a', r'\1', 'a')
re.sub('a', r'\g<x>', 'a')
re.sub('a', r'\g<1', 'a')
re.sub('a', r'\g', 'a')
re.sub('a', r'\q', 'a')
re.sub('a', '\\', 'a')
re.sub('(a)', r'\g<>', 'a')
re.sub('a', 5, 'a')
re.sub('a', lambda m: 5, 'a')
re.sub('a', 'b', b'a')
re.sub(b'a', 'b', b'a')
re.split(',', 'a,b,,c'), re.split('(,)', 'a,b'), re.split(',', 'a,b,c', maxsplit=1), re.split('', 'abc'), re.split('x*', 'axbc'), re.split(r'\W+', ' a b '), re.split('(a)|b', 'xaybz'), re.split(',', ''), re.split(r'\b', 'a b'), re.split('(x)(y)?', 'axb')
re.findall('a', 'banana'), re.findall('(a)(n)', 'banana'), re.findall('(an)', 'banana'), re.findall('', 'ab'), re.findall('a*', 'baac'), re.findall(r'\d+', 'a1b22'), re.findall('x', ''), re.findall('(a)?b', 'abb'), re.findall(r'(?=(\w\w))', 'abc'), re.findall(b'a', b'aba')
[m.span() for m in re.finditer('a', 'banana')], [m.group() for m in re.finditer('', 'ab')], re.compile('a').findall('banana', 2), re.compile('a').findall('banana', 2, 4), re.compile('^a').search('ba', 1), re.compile('^a').match('ba', 1).span(), re.compile('$').search('abc', 0, 2).span(), re.compile('a').fullmatch('bab', 1, 2).span()
re.escape('a.b*c[d]'), re.escape('é '), re.escape(b'a\n'), re.escape('a-b_c~#&'), re.escape(''), re.purge(), re.sub(re.escape('a.b'), 'X', 'a.b aXb')
re.compile('a') == re.compile('a'), hash(re.compile('a')) == hash(re.compile('a')), re.compile('a') is re.compile('a'), re.compile(re.compile('a')) , re.compile('a', re.I), re.compile('(?i)a').flags, re.compile('a').groups, re.compile('(?P<x>a)(b)').groupindex, re.compile('a' * 300), re.compile(b'a').pattern, re.compile('a', re.M | re.S | re.X), re.compile('a', re.A)
re.compile(re.compile('a'), re.I)
re.compile('a') < re.compile('b')
re.compile(5)
re.I, re.I | re.M, repr(re.DEBUG), re.NOFLAG, re.RegexFlag(0), re.I.value, ~re.I & re.I
""")
print(re.sub(r'(\d+)', lambda m: str(int(m[1]) * 2), 'a1 b22 c333'), re.sub(r'\s+', ' ', ' a \n b\t c '), re.sub(r'(?<=\d)(?=(\d{3})+$)', ',', '1234567'))
s = re.Scanner([(r'\d+', lambda s, t: ('num', t)), (r'\w+', lambda s, t: ('id', t)), (r'\s+', None)]); print(s.scan('a1 22 b !x'))
import copy, pickle; p = re.compile('x', re.I); print(copy.copy(p) is p, copy.deepcopy(p) is p, pickle.loads(pickle.dumps(p)) == p)
