# str and repr of the basic types.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
str(1), str(1.5), str('a'), str(None), str(True), str([1, 'a']), str((1,)), str({'a': 1}), str({1}), str(b'x'), str(range(2)), str(1j), str(int), str(len), str(...), str(ValueError('m')), repr('a'), repr(ValueError('m')), repr([None, 'x']), str(slice(1)), str(frozenset()), str(bytearray(b'a')), str(type(None))
""")
