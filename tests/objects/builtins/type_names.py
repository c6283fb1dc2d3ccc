# type() and __name__ of every builtin kind.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[type(x).__name__ for x in (1, 1.5, 1j, 'a', b'a', [], (), {}, set(), frozenset(), None, True, ..., NotImplemented, range(1), slice(1), bytearray(), memoryview(b''), int, type, len, [].append, lambda: 0, (x for x in ''), iter([]), iter(()), iter(''), iter({}), iter(set()), iter(range(0)), {}.keys(), {}.values(), {}.items(), zip(), map(str, ''), filter(None, ''), enumerate(''), reversed([]), property(), classmethod(len), staticmethod(len), super(int), object(), ValueError(), Exception, int.real, str.upper, int.__add__, (1).__add__, list[int], int | str)]
""")
