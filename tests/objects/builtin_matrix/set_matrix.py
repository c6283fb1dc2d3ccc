# set() on every builtin kind of argument.
def name(v):
    if isinstance(v, (set, frozenset)):
        return type(v).__name__ + ' of ' + str(sorted(map(repr, v)))
    return repr(v) if len(repr(v)) < 30 else repr(v)[:27] + '...'

VALUES = [None, True, 0, -3, 7, -0.5, 2.0, float('inf'), 2+1j, '', 'ab', '5', b'ab', bytearray(b'c'), [], [1, 2], [3, 'x'],
          (), (3,), {}, {'a': 1}, set(), {5}, frozenset([5]), range(3), ..., slice(1, 2)]
for a in VALUES:
    try:
        print(name(a), '=>', name(set(a)))
    except Exception as e:
        print(name(a), '!!', type(e).__name__ + ':', e)
for arguments in ((), (1, 2, 3, 4)):
    try:
        print(set(*arguments) and 'accepted')
    except Exception as e:
        print(len(arguments), type(e).__name__ + ':', e)
