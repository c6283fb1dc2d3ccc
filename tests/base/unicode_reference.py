"""Compare Krait's Unicode tables with this CPython's, code point by code point.

usage: unicode_dump | python3 unicode_reference.py      (a CPython with the same unicodedata.unidata_version)
"""

import sys
import unicodedata as u


def codes(text):
    return ".".join(f"{ord(c):X}" for c in text)


def expected(i):
    c = chr(i)
    flags = [c.isalpha(), c.isdecimal(), c.isdigit(), c.isnumeric(), c.islower(), c.isupper(), c.isspace(),
             len((c + "a").splitlines()) == 2, c.isprintable(), c.isidentifier(), ("a" + c).isidentifier(),
             bool(u.mirrored(c)), u.category(c) == "Lt"]
    # A lone capital sigma is not final; str.title and capitalize use the title mapping of the first letter.
    fields = [f"{i:X}", "".join("01"[f] for f in flags), u.category(c), u.bidirectional(c), u.east_asian_width(c),
              str(u.combining(c)), u.decomposition(c), str(u.decimal(c, -1)), str(u.digit(c, -1)),
              f"{u.numeric(c, -1.0):.17g}", codes(c.upper()), codes(c.lower()), codes(c.title()), codes(c.casefold())]
    fields += [codes(u.normalize(form, c)) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    name = u.name(c, "")
    return "|".join(fields + [name, "1" if name else "0"])


def main():
    wrong = 0
    for i, line in enumerate(sys.stdin):
        want = expected(i)
        if line.rstrip("\n") != want:
            wrong += 1
            if wrong <= 20:
                print("krait  ", line.rstrip("\n"), "\ncpython", want)
    print("code points:", i + 1, "differences:", wrong, "cpython has", u.unidata_version)
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
