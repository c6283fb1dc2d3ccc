# % formatting: conversions, flags, mappings and errors.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class O:
    def __str__(self): return 'str'
    def __repr__(self): return 'repré'
    def __int__(self): return 7
    def __float__(self): return 2.5
class X:
    def __index__(self): return 11
show(r"""
'%d %i %u' % (1, 2, 3), '%s %r %a' % ('é', 'é', 'é'), '%x %X %o %#x %#X %#o' % (255, 255, 8, 255, 255, 8), '%c%c%c' % (65, 'b', 0x1F600), '%%' % (), '%d%%' % 5, '%s' % 'x', '%s' % [1], '%s' % {}, '%s' % None
'%5d|%-5d|%05d|%+d|% d|%+5d|%-+5d|%+05d' % ((42,) * 8), '%5d|%05d|%-5d|% d' % ((-42,) * 4), '%.3d|%8.3d|%-8.3d|%08.3d|%+.3d' % ((5,) * 5), '%.0d|%.0x' % (0, 0)
'%5s|%-5s|%.2s|%5.1s|%.0s|' % (('abc',) * 5), '%*d|%-*d|%.*s' % (5, 1, 5, 2, 2, 'abc'), '%*d' % (-5, 1), '%.*f' % (1, 2.55), '%#5x|%#05x|%#-6x|' % (10, 10, 10), '%x %o' % (-255, -8), '%#x' % -1
'%(a)s %(b)d' % {'a': 1, 'b': 2}, '%(a)s %(a)s' % {'a': 'x'}, '%(a b)s' % {'a b': 1}, '%(k)5.1f|' % {'k': 2.55}, '%((x))s' % {'(x)': 1}, '%()s' % {'': 'e'}, '%(a)%' % {'a': 1}, 'no' % {}, 'none' % {'a': 1}, 'nothing' % []
'%d' % 3.99, '%d' % True, '%s %r' % (O(), O()), '%a' % O(), '%f' % O(), '%x' % X(), '%d' % X(), '%c' % X(), '%.1f' % X(), '%s' % (1,), '%s' % ((1, 2),), '%d' % 10**30, '%x' % 2**70, '%s' % b'a', '%ld %hd %Lf' % (1, 2, 3)
'%e %.2E %g %G' % (12345.678, 12345.678, 1e10, 1e-10), '%10.3e|%-12.2f|%+g' % (1.5, 1.5, 1.5), '%i' % -0.5
'%d' % O()
'%d' % 'a'
'%d' % None
'%x' % 1.5
'%c' % 'ab'
'%c' % 1.5
'%c' % -1
'%c' % 0x110000
'%f' % 'x'
'%s %s' % 'a'
'%s' % (1, 2)
'%s' % ()
'x' % 1
'x' % (1,)
'%' % 1
'%z' % 1
'%5' % 1
'%(a' % {'a': 1}
'%(a)' % {'a': 1}
'%(a)s' % 5
'%(a)s' % (1,)
'%(a)s' % {}
'%(a)s %s' % {'a': 1}
'%*d' % ('a', 1)
'%*d' % (1,)
'%.*d' % (1.5, 1)
'%é' % 1
'%9999999999999999999d' % 1
'%.9999999999999999999d' % 1
'%s' % 5, '日%s' % 'é', '%s' % '😀', '%3s|' % '日', '%c' % 'é', '%r' % '日\n', '%a' % '日'
""")
class M:
    def __getitem__(self, k): return k.upper()
print('%(abc)s %(x)s' % M(), '%s' % 'a' 'b')
class S(str): pass
print(type(S('%d') % 1).__name__, type('%s' % S('a')).__name__, '%s' % S('q'))
