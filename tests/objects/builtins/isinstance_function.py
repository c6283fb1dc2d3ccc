# isinstance and issubclass on the basic hierarchy.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
isinstance(1, int), isinstance(True, int), isinstance(1, bool), isinstance(1.0, (int, float)), isinstance('a', object), isinstance(int, type), isinstance(None, type(None)), isinstance([], list), isinstance((), (list, tuple)), isinstance(1, int | str), isinstance(lambda: 0, type(len)), isinstance(ValueError(), Exception)
issubclass(bool, int), issubclass(int, bool), issubclass(int, (str, object)), issubclass(type, type), issubclass(KeyError, LookupError)
isinstance(1, 1)
isinstance(1, (int, 1)), 0
isinstance(1, (1, int))
issubclass(1, int)
issubclass(int, 'int')
isinstance(1)
""")
