# Every escape sequence of string literals.
for s in ['\a', '\b', '\f', '\n', '\r', '\t', '\v', '\\', '\'', '\"', '\0', '\00', '\000', '\08',
          '\7', '\77', '\101', '\1011', '\x41', '\x00', '\xff', '\u0041', '\u20ac', '\U0001F600',
          '\U0010ffff', '\N{LATIN SMALL LETTER A}', '\N{euro sign}', '\N{GREEK SMALL LETTER ALPHA}',
          '\ud800', '\udfff', '\377']:
    print(len(s), repr(s), [ord(c) for c in s])
print('a\
b')
print('''one \
two
three''')
print("tab:\t|", 'quote:\'', "dq:\"", 'bs:\\')
print('\N{LATIN CAPITAL LETTER E WITH ACUTE}' == '\xc9' == 'É')
print("\x41\x42" "\103" '\104')
print('\N{DIGIT ONE}\N{BULLET}')
