# KeyError shows the repr of its key.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
str(KeyError('a')), str(KeyError(1)), str(KeyError(())), str(KeyError('it\'s')), str(KeyError(None)), str(KeyError('a', 'b')), str(KeyError())
{}['x']
{}[1, 2]
{}[None]
{}['it\'s "q"']
set().remove('k')
{}.pop('gone')
{}.popitem()
""")
