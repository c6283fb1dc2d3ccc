# Unary operators on every builtin kind.
def name(v):
    return repr(v) if len(repr(v)) < 30 else repr(v)[:27] + '...'

VALUES = [None, True, 0, -3, 7, 2**70, -0.5, 2.0, float('inf'), 2+1j, '', 'ab', b'ab', bytearray(b'c'), [], [1, 2],
          (), (3,), {}, {'a': 1}, set(), {5}, frozenset([5]), range(3), ..., int, None]
VALUES.remove(True)
for a in VALUES:
    try:
        print('-', name(a), name(-a))
    except Exception as e:
        print('-', name(a), type(e).__name__, e)
for a in VALUES:
    try:
        print('+', name(a), name(+a))
    except Exception as e:
        print('+', name(a), type(e).__name__, e)
for a in VALUES:
    try:
        print('~', name(a), name(~a))
    except Exception as e:
        print('~', name(a), type(e).__name__, e)
for a in VALUES:
    try:
        print('not ', name(a), name(not a))
    except Exception as e:
        print('not ', name(a), type(e).__name__, e)
