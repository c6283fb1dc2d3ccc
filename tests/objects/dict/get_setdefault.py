# get, setdefault, pop with and without defaults.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

d = {'a': 1, 'n': None}
show(r"""
d.get('a'), d.get('b'), d.get('b', 2), d.get('n', 5), d.get('a', default=5) if False else 0, d.setdefault('a', 9), d.setdefault('x', []), d.setdefault('y'), d, d.pop('x'), d.pop('q', 'dflt'), d.pop('y', 1), d
d.get()
d.get('a', 1, 2)
d.get([])  if False else 0
d.pop('zz')
d.pop()
d.setdefault()
""")
