# repr chooses quotes and escapes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
["'", '"', '\'"', "a'b", 'a"b', '\\', '\n', '\t', '\r', '\0', '\x1b', '\x7f', '\xa0', '\xad', 'é', '\u2028', '\ud83d', '😀', '\U000e0001']
repr("it's"), repr('say "hi"'), repr('\'"'), repr(repr("'")), str("'"), [str("'")], ('a\nb',), {'k\t': 'v'}
ascii('aé日😀'), ascii("'"), ascii('\n')
""")
