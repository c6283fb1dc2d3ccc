# order after inserts, deletes and updates.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

d = dict(a=1, b=2, c=3)
show(r"""
list(d), d.pop('a'), list(d), d.update(a=9), list(d), d.__setitem__('b', 5), list(d), d.popitem(), list(d), list(reversed(d)), list(d.items()), next(iter(d)), [*d], dict(reversed(list(d.items()))), sorted(d, reverse=True), min(d), max(d, key=d.get)
list({**{'z': 1}, **{'a': 2}, **{'z': 3}}.items()), list(dict([('b', 1), ('a', 2)], b=3)), list({3: 0, 1: 0, 2: 0})
""")
