# upper, lower, title, capitalize, swapcase, casefold, with special Unicode mappings.
words = ['', 'hello', 'HELLO', 'hello world', "they're bill's", 'ß', 'straße', 'ﬁ', 'ŉ', 'İ', 'ı', 'Σ', 'ΑΣ', 'ΑΣ Β', 'Σα', 'ǆ', 'ǅ', 'Ǆ', 'ΐ', 'ᾳ', 'ὖ', '日本', '123abc', 'a1b2', 'éCOLE', 'ﬀoo', 'Ა', 'Ꭰ', 'ꭰ', '𐐀', '𐐨', 'K', 'Å']
for w in words:
    print(ascii([w.upper(), w.lower(), w.title(), w.capitalize(), w.swapcase(), w.casefold()]))
print('aͅ'.upper(), ascii('A.Σ.'.lower()), ascii('ΣΣΣ'.lower()), ascii('ΑΣ\u0301'.lower()), ascii('Σ'.lower()), ascii('aΣb'.lower()))
print('x-y_z a.b'.title(), "O'NEIL mac-donald".title(), '3rd 4TH'.title(), 'ÀB'.lower(), 'ABC'.swapcase().swapcase())
