# keys, values and items in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

d = {'a': 1, 'b': 2}
show(r"""
list(d.keys()), list(d.values()), list(d.items()), d.keys(), d.values(), d.items(), len(d.keys()), 'a' in d.keys(), 2 in d.values(), ('a', 1) in d.items(), d.keys() == {'a', 'b'}, sorted(d.keys() & {'a', 'z'}), sorted(d.keys() | {'c'}), d.keys() - {'a'}, list(reversed(d.keys())), d.items() == {'b': 2, 'a': 1}.items(), d.keys().isdisjoint(['z'])
d.keys()[0]
d.values() + []
d.keys().append
hash(d.items())
d.keys() == ['a', 'b']
""")
