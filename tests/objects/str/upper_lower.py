# str.upper, lower, casefold on ASCII, Latin-1 and beyond.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
'abc'.upper(), 'ABC'.lower(), 'aBc'.swapcase(), ''.upper(), '123'.lower()
'é'.upper(), 'É'.lower(), 'ß'.upper(), 'ß'.casefold(), 'ÿ'.upper(), 'µ'.upper()
'ΑΒΓ'.lower(), 'привет'.upper(), 'ŉ'.upper(), 'ǰ'.upper(), 'ﬃ'.upper(), 'İ'.lower(), 'ı'.upper()
'Straße'.casefold() == 'STRASSE'.casefold(), 'ς'.casefold() == 'σ'.casefold()
'abc'.upper(1)
'abc'.lower(x=1)
str.upper(5)
str.upper()
'x'.upper is 'x'.upper, 'x'.upper == 'x'.upper
""")
