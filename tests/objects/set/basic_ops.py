# set creation, membership and simple mutation.
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
set(), {1}, {1, 2} == {2, 1}, len({1, 1, 2}), 1 in {1}, set('aab') == {'a', 'b'}, {1.0, 1, True}, set(range(3)), {(), (1,)} == {(1,), ()}, {frozenset()}, {None}
(lambda s: (s.add(1), s.add(2), s.discard(1), s.discard(9), s.remove(2), s))(set()), (lambda s: (s.update([1], {2}), s.clear(), s))(set()), {5}.pop(), (lambda s: (s.copy() is s, s.copy() == s))({1})
{1}.remove(5)
set().pop()
{1}.add()
{1}.update(5)
{1}[0]
{1} + {2}
set(1)
""")
