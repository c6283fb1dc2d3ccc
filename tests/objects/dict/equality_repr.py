# equality, repr and nesting of dicts.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
{} == {}, {1: 2} == {1: 2.0}, {1: 2} == {True: 2}, {'a': {}} == {'a': {}}, {'a': 1} != {'a': 2}, {1: 1, 2: 2} == {2: 2, 1: 1}, {} == [], {'a': None}, {1: {2: {3: {}}}}, {'q': "it's"}, {(): []}, {None: ..., True: 1j}, str({'k': 'v'}), repr({b'x': {1}}), len({'a': 1}), bool({}), {1: 'a', 1.0: 'b'}, {'a': 1, **{'b': 2}}
{} < {}
{1: 2} + {3: 4}
{}['a']['b']
{[1]: 2} if False else {}.nope
""")
