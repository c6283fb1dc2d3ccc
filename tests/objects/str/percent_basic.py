# the % operator in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'%s %d %f %x %%' % ('a', 5, 1.5, 255), '%5s|%-5s|%05d|%+d|%.2f' % ('a', 'b', 42, 7, 3.14159), '%(k)s=%(v)d' % {'k': 'key', 'v': 1}, '%s' % (1,), '%s' % [1, 2], '%r' % 'q', '%c%c' % ('a', 98), '%e' % 12345.678, '%g %g' % (0.0001, 1e10), '%o' % 8, '%i' % 3.7, '%*d' % (5, 42), '%.*f' % (1, 2.55), '%s %s' % ('é', '日'), '%a' % 'é'
'%d' % 'x'
'%s %s' % ('a',)
'%s' % ('a', 'b')
'%(x)s' % {}
'%(x)s' % 5
'%y' % 1
'%' % ()
""")
