# what sets refuse and how frozenset helps.
def plain(v):
    # A set's order is the implementation's own, so sets are shown sorted.
    if isinstance(v, (set, frozenset)):
        shown = '{' + ', '.join(sorted(map(plain, v))) + '}' if v else ''
        return shown if type(v) is set and v else f'{type(v).__name__}({shown})'
    if type(v) is tuple:
        return '(' + ', '.join(map(plain, v)) + (',)' if len(v) == 1 else ')')
    return repr(v)

def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", plain(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
{frozenset([1]), frozenset([1])}, {(1, 2)}, {1: {2}}, frozenset([frozenset()]), {True, 1, 1.0}, len({0, 0.0, False}), {frozenset([1])} == {frozenset([1])}, {1} in [{1}], frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])}
hash({1})
hash(frozenset([1])) == hash(frozenset([1]))
set([1]).issubset([[]]) if False else {1}.foo
""")
