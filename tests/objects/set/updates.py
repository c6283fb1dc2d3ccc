# update, intersection_update and the operators in place.
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

def f(m, *a):
    s = {1, 2, 3}
    getattr(s, m)(*a)
    return s
show(r"""
f('update', [4], (5,)), f('intersection_update', [1, 9]), f('difference_update', [1], [2]), f('symmetric_difference_update', [3, 4]), f('update'), f('discard', 9), f('discard', 1), f('clear'), f('add', 1), f('__ior__', {7}), f('__iand__', {1}), f('__isub__', {1}), f('__ixor__', {1})
f('remove', 9)
f('update', 5)
f('add', [])  if False else f('pop', 1)
f('intersection_update', 5)
{1, 2}.__ior__([3])
""")
