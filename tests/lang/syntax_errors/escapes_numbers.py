# Invalid escapes, numbers and characters: errors and warnings.
# needs: 3.14
import warnings
def syn(source, mode="exec"):
    try:
        compile(source, "<sample>", mode)
        print("ok", repr(source))
    except SyntaxError as e:
        print(type(e).__name__, repr(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, repr(source))

for s in (r"'\x'", r"'\x1'", r"'\xg0'", r"'\u12'", r"'\U00110000'", r"'\U1234567'", r"'\N{}'", r"'\N{nope}'", r"'\N'", r"'\N{LATIN SMALL LETTER A'", r"b'\x'", r"b'\xg0'", "b'é'", r"'\400'", r"'\08'", r"b'\u0041'", "0x", "0xg", "0b", "0b12", "0o", "0o9", "01", "0_1", "1_", "1__1", "1_.5", "1._5", "1e_5", "1e5_", "0x_", "0b1_", "1.5_j", "09.5", "09", "09j", "012e1", "5a", "5.a", "5._", "5e", "0xfg", "1_a", "$", "?", "x?", "a$b", "\u00a0x", "x\u3000= 1", "“a”", "x → y", "１", "²", "a²", "x = ½", "'a'b'c'", "'''a''''", "0_", "00_0", "1 _000", "1_000_", "0XG", "0B3", "1jj", "1.0.0", "1..0", ".e5", "0e", "1lambda: x", "1in x", "1and 2", "0x1for x in y", "1_0if 1else 2"):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always'); syn(s)
        for x in w: print('   ', x.category.__name__, str(x.message)[:40])
