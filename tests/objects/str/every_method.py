# Every method of str on many texts.
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
texts = ['', 'a', 'abc', 'Hello World', ' \t x y \n', 'aXbXc', 'ß', 'ǆa ǅb', 'ΑΣ ΑΣΑ', 'éÀ', '日本語', '😀a😀', 'İi', 'ﬁx', '1٣²½', "it's", 'tab\tx', 'a\r\nb\x0bc\u2028d', '\x00\x7f\x80\xa0', '-12', '+3', 'abcabcabc', 'ÿ', 'ᾳ', '\ud800x', 'ª', 'Ⅷ', '_a1', '\u1c80','ŉ', '\u0345a']
noarg = ['capitalize','casefold','isalnum','isalpha','isascii','isdecimal','isdigit','isidentifier','islower','isnumeric','isprintable','isspace','istitle','isupper','lower','upper','swapcase','title','strip','lstrip','rstrip','split','rsplit','splitlines','expandtabs']
for t in texts:
    for m in noarg: show(m, lambda: getattr(t,m)())
    show('repr', lambda: repr(t)); show('len', lambda: len(t)); show('rev', lambda: t[::-1]); show('s2', lambda: t[::2]); show('asc', lambda: ascii(t))
    for k in ('a','X','','b','é','😀','bc','\n'):
        for m in ('find','rfind','index','rindex','count','startswith','endswith','partition','rpartition','split','rsplit','strip','removeprefix','removesuffix','__contains__','join'):
            show(m, lambda: getattr(t,m)(k))
            if m in ('find','rfind','count','startswith','endswith','index','rindex'):
                for a in ((1,),(None,2),(-2,),(1,-1),(5,2),(0,100),(-100,3)): show(m, lambda: getattr(t,m)(k,*a))
            if m in ('split','rsplit'):
                for n in (0,1,2,-1): show(m, lambda: getattr(t,m)(k,n)); show(m, lambda: getattr(t,m)(None,n))
        for n in ('','Z','ZZ','é','😀'):
            for c in (-1,0,1,2): show('replace', lambda: t.replace(k,n,c))
    for w in (0,3,5,8,9):
        for m in ('center','ljust','rjust','zfill'): show(m, lambda: getattr(t,m)(w))
        for m in ('center','ljust','rjust'): show(m, lambda: getattr(t,m)(w,'é'))
    for sp in ('','5','>8','^9','*<7','é^8.2','.1','=5','+','#','z',',','_','08','d','s','10s','{}','.','<08'):
        show('format', lambda: format(t,sp))
    for tb in (str.maketrans('abc','xyz'), str.maketrans({'a':None,'b':'BB','X':0x1F600}), {ord('é'):'e'}, {97:5.5},{97:0x110000}):
        show('translate', lambda: t.translate(tb))
    for e in ('utf-8','ascii','latin-1','utf-16','utf-16-le','utf-32-be','utf-32','unicode_escape','raw_unicode_escape','utf-7'):
        for h in ('strict','ignore','replace','backslashreplace','xmlcharrefreplace','namereplace','surrogateescape','surrogatepass'):
            show('encode ' + e, lambda: t.encode(e,h))

for label, (n, h) in totals.items():
    print(label, n, h)
