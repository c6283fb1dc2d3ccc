# Every public method of range, called with arguments that fit and arguments that do not.
def show(v):
    if isinstance(v, (set, frozenset)):
        return type(v).__name__ + ' of ' + str(sorted(map(repr, v)))
    return repr(v) if ' at 0x' not in repr(v) else type(v).__name__

for name in sorted(dir(range)):
    if not (not name.startswith('_')) or not callable(getattr(range, name)):
        continue
    for arguments in ((), (1,), ('a',), (b'a',), (None,), ([1, 2],), ((1, 2),), (1, 2), ('a', 'b'), (2.5,), (1, 2, 3, 4, 5)):
        v = range(1, 9, 2)
        try:
            print(name, arguments, '=>', show(getattr(v, name)(*arguments)))
        except Exception as e:
            print(name, arguments, '!!', type(e).__name__ + ':', e)
