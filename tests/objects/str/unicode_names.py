# names, categories and normalisation through unicodedata.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import unicodedata as u
show(r"""
u.name('a'), u.name('é'), u.name('€'), u.name('\u4e00'), u.lookup('GREEK SMALL LETTER ALPHA'), u.category('a'), u.category('1'), u.category(' '), u.category('\n'), u.category('é'), u.category('\u0301'), u.bidirectional('a'), u.combining('\u0301'), u.decimal('5'), u.digit('²'), u.numeric('½'), u.mirrored('('), u.decomposition('é'), u.east_asian_width('日'), u.normalize('NFC', 'e\u0301'), len(u.normalize('NFD', 'é')), u.normalize('NFKC', 'ﬁ'), u.normalize('NFKD', '²'), u.is_normalized('NFC', 'é')
u.name('\n')
u.name('\n', 'none')
u.lookup('NO SUCH NAME')
u.decimal('a')
u.numeric('a', -1)
u.normalize('XXX', 'a')
u.name('ab')
u.category(5)
""")
