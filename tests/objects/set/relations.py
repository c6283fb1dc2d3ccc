# subset, superset, disjoint and comparison operators.
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
{1} < {1, 2}, {1} <= {1}, {1, 2} > {1}, {1} >= {2}, {1}.issubset([1, 2]), {1, 2}.issuperset('') , {1}.isdisjoint({2}), {1} < {1}, set() < {1}, {1} == frozenset([1]), {1} != {2}, frozenset([1]) < {1, 2}, {1, 2} < {2, 3}, {2, 3} < {1, 2}
{1} < [1, 2]
{1} <= 5
{1}.issubset(5)
{1} | {2}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1}.union([2], (3,)), {1, 2, 3}.intersection([1, 2], [2]), {1, 2}.difference([1]), {1}.symmetric_difference([1, 2])
{1} | [2]
{1} & 'a'
{1}.union(1)
""")
