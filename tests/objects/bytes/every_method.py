# Every method of bytes and bytearray on many values.
# Each line sums up many calls: the name of the method, how many results there were, and a number made of all of them.
totals = {}
def show(label, f):
    try:
        r = repr(f())
    except Exception as e:
        r = type(e).__name__ + ': ' + str(e)
    n, h = totals.get(label, (0, 0))
    for c in label + ascii(r):
        h = (h * 31 + ord(c)) & 0xFFFFFFFF
    totals[label] = n + 1, h
texts = [b'', b'a', b'abc', b'Hello World', b' \t x y \n', b'aXbXc', b'\xff\x80', b"it's", b'"q"\'', b'tab\tx', b'a\r\nb\x0bc\x1cd\re', b'-12', b'+3', b'abcabcabc', b'_a1']
noarg = ['capitalize','isalnum','isalpha','isascii','isdigit','islower','isspace','istitle','isupper','lower','upper','swapcase','title','strip','lstrip','rstrip','split','rsplit','splitlines','expandtabs','hex','decode']
for T in (bytes, bytearray):
  for t in texts:
    t = T(t)
    for m in noarg: show(m, lambda: getattr(t,m)())
    show('repr', lambda: repr(t)); show('rev', lambda: t[::-1]); show('s2', lambda: t[::2]); show('i', lambda: t[1]); show('list', lambda: list(t)); show('mul', lambda: t*3)
    for k in (b'a',b'X',b'',bytearray(b'b'),b'bc',97,300,-1,'a',None,memoryview(b'c'),(b'a',b'X'),1.5):
        for m in ('find','rfind','index','rindex','count','startswith','endswith','split','rsplit','strip','removeprefix','removesuffix','__contains__','join','__add__','__eq__','__lt__'):
            show(m, lambda: getattr(t,m)(k))
            if m in ('find','rfind','count','startswith','endswith','index','rindex'):
                for a in ((1,),(None,2),(-2,),(1,-1),(5,2),(0,100),(-100,3)): show(m, lambda: getattr(t,m)(k,*a))
            if m in ('split','rsplit'):
                for n in (0,1,2,-1): show(m, lambda: getattr(t,m)(k,n)); show(m, lambda: getattr(t,m)(None,n))
        for n in (b'',b'Z',b'ZZ'):
            for c in (-1,0,1,2): show('replace', lambda: t.replace(k,n,c))
    for w in (0,3,5,8,9):
        for m in ('center','ljust','rjust','zfill'): show(m, lambda: getattr(t,m)(w))
        for m in ('center','ljust','rjust'): show(m, lambda: getattr(t,m)(w,b'*'))
    for tb in (bytes.maketrans(b'abc',b'xyz'), None, b'abc'):
        show('translate', lambda: t.translate(tb)); show('translate', lambda: t.translate(tb,b'ab'))
    for n in (1,2,-2,3,100,0): show('hex', lambda: t.hex(':',n)); show('hex', lambda: t.hex(b'-',n))
    for x in (0,1,-1,5,'a',None,slice(1,3),slice(None,None,-1)): show('getitem', lambda: t[x])
    for x in (None, 5, 'a', b'x', 1.5, [1], (b'a',)):
        show('add', lambda: t + x); show('mul', lambda: t * x); show('in', lambda: x in t); show('mod', lambda: t % x); show('cmp', lambda: t < x); show('eq', lambda: t == x)
for e in ('utf-8','ascii','latin-1','utf-16','utf-16-le','utf-16-be','utf-32','utf-32-le','unicode_escape','raw_unicode_escape','utf-7'):
    for b in (b'',b'abc',b'\xc3\xa9',b'\xff\xfe',b'\xff\xfea\x00',b'\xfe\xff\x00a',b'\x00\xd8\x00\xdc',b'\x00\xd8a\x00',b'\xed\xa0\x80x',b'\xf0\x9f\x98\x80',b'\xf0\x9f\x98',b'\xf0\x9f\x98x',b'\xe2\x28\xa1',b'\xc0\x80',b'\xf5\x80',b'a\\x41\\u00e9\\N{EURO SIGN}\\n\\377',b'\\x4',b'\\u12',b'\\U00110000',b'\\N{x}',b'\\N',b'\\',b'\xff\xfe\x00\x00a\x00\x00\x00',b'a\x00\x00\x00',b'\x00\x00\x11\x00',b'a\x00\x00',b'+AOk-x',b'+2D3eAA-',b'+AA!',b'~\x80+'):
        for h in ('strict','ignore','replace','backslashreplace','surrogateescape','surrogatepass'):
            show('decode ' + e, lambda: b.decode(e,h))

for label, (n, h) in totals.items():
    print(label, n, h)
