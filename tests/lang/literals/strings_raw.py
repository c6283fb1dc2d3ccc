# Raw strings and prefixes in every case combination.
print(r'\n', R'\t', r"\\", r'\'', r"\"", len(r'\''))
print(r'''a\
b''')
print(r'\x41\u0041\N{no}', len(r'\x41'))
print(u'unicode', U'upper', u'\u00e9')
print(b'bytes', B"upper", br'\n', bR'\n', Br'\n', BR'\n', rb'\n', rB'\n', Rb'\n', RB'\n')
print(rf'\{1+1}', fr'\n{2}', Rf'{3}\t', FR'\{4}')
print(len(r'\\'), len('\\'), r'C:\path\new')
print(r'end\\' + 'x')
