x, w = 3.14159, 10
print(f'{x:{w}.{2}f}|{x!r:>12}|{x=}|{"n":^5}|{{}}', '%s %d' % (x, w), '{:>{}}'.format(1, 5))
t = t'{x:>{w}} and {w!r}'
t.strings, t.values, t.interpolations
s = ''
for i in range(5):
    s += str(i) + 'é'
s[1:3], s[::-1], s[-1], s.join(['a', 'b']), s in 'x', s * 2, s == s, s < 'z', b'a' + bytes([1, 2]), b'abc'[1]
print(s.encode().decode(), repr(s), ascii(s), not s, s and 1 or 2, s is s, s is not None)
