# split, rsplit, splitlines, partition, rpartition.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'a b  c'.split(), ' a b '.split(), ''.split(), '   '.split(), 'a\tb\nc\x0bd\x0ce\x1cf\x85g\xa0h\u2003i'.split(), 'a b c'.split(None, 1), ' a b c '.split(None, 1), 'a b c'.split(maxsplit=0), '  a b'.split(None, 0)
'a,b,,c'.split(','), ',a,'.split(','), ''.split(','), 'a,b,c'.split(',', 1), 'a,b,c'.split(',', 0), 'a,b,c'.split(',', -1), 'a,b,c'.split(',', 99), 'abc'.split('abc'), 'aXXbXXc'.split('XX'), 'aaa'.split('aa'), 'a<>b<>c'.split('<>', maxsplit=1), 'a,b'.split(sep=',')
'a b  c'.rsplit(), 'a b c'.rsplit(None, 1), ' a b c '.rsplit(None, 1), 'a,b,c'.rsplit(',', 1), 'a,b,c'.rsplit(',', 0), 'aaa'.rsplit('aa'), ',a,'.rsplit(','), ''.rsplit(','), ''.rsplit(), 'a b'.rsplit(maxsplit=0)
'a\nb'.splitlines(), 'a\nb\n'.splitlines(), '\n'.splitlines(), ''.splitlines(), 'a\r\nb\rc\n\rd'.splitlines(), 'a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i'.splitlines(), 'a\nb\r\n'.splitlines(True), 'a\nb'.splitlines(keepends=True), '\n\n'.splitlines(1), 'a\x1fb'.splitlines()
'a-b-c'.partition('-'), 'a-b-c'.rpartition('-'), 'abc'.partition('x'), 'abc'.rpartition('x'), 'abc'.partition('abc'), ''.partition('x'), 'axxb'.partition('xx'), '-a'.partition('-'), 'a-'.rpartition('-')
'é日,ü'.split(','), '日本 語'.split(), 'a😀b😀c'.split('😀'), 'ab'.split('é'), 'éaé'.partition('a')
'a'.split('')
'a'.split(5)
'a'.split(',', 'x')
'a'.split(',', 1, 2)
'a'.partition('')
'a'.partition(5)
'a'.rpartition('')
'a'.partition()
'a'.splitlines(1, 2)
'a'.split(None, 1.5)
' '.join('a  b'.split()), [x.strip() for x in 'a ; b;c '.split(';')], dict(p.split('=') for p in 'a=1 b=2'.split()), len('x,' * 1000 .__int__()) and len(('x,' * 1000).split(','))
""")
class S(str): pass
print([type(x).__name__ for x in S('a b').split()], type(S('a').partition('b')[0]).__name__, type(S('a').split('b')[0]).__name__)
