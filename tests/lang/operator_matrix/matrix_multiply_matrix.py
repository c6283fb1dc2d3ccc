# The @ operator between every pair of builtin kinds.
def name(v):
    return repr(v) if len(repr(v)) < 30 else repr(v)[:27] + '...'

VALUES = [None, True, 0, -3, 7, 2**70, -0.5, 2.0, float('inf'), 2+1j, '', 'ab', b'ab', bytearray(b'c'), [], [1, 2],
          (), (3,), {}, {'a': 1}, set(), {5}, frozenset([5]), range(3), ..., int, NotImplemented]
for a in VALUES:
    row = []
    for b in VALUES:
        pass
        try:
            row.append(name(a @ b))
        except Exception as e:
            row.append(type(e).__name__)
    print(name(a), '|', ', '.join(row))
for a, b in ((None, 1), (1, None), ('a', 1), (1, 'a'), ([], ()), ((), []), ({}, {}), (b'a', 'a'), (1.5, 'a'), (len, 1), (int, 'x'), (object, 2.5)):
    try:
        print(name(a), name(b), name(a @ b))
    except Exception as e:
        print(name(a) if a is not len else 'len', name(b), type(e).__name__, e)
