# isspace, isprintable, isascii.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(ascii(c), c.isspace(), c.isprintable(), c.isascii()) for c in (' ', '\t', '\n', '\x1c', '\x7f', '\x80', '\x85', '\xa0', '\xad', '\u200b', '\u2028', '\u3000', 'é', '\ue000', '\ud800', '\U0001F600', '')]
'a b'.isprintable(), 'a\nb'.isprintable(), ' \t'.isspace(), ' a'.isspace(), 'é'.isascii()
""")
