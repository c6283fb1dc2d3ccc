# Every special method of frozenset, called with arguments that fit and arguments that do not.
# needs: 3.14
def show(v):
    if isinstance(v, (set, frozenset)):
        return type(v).__name__ + ' of ' + str(sorted(map(repr, v)))
    return repr(v) if ' at 0x' not in repr(v) else type(v).__name__
SKIP = {'__class__', '__new__', '__init__', '__reduce__', '__reduce_ex__', '__sizeof__', '__dir__', '__getattribute__', '__init_subclass__', '__subclasshook__', '__hash__', '__doc__', '__alloc__', '__buffer__', '__release_buffer__', '__class_getitem__', '__getstate__', '__setattr__', '__delattr__', '__getnewargs__', '_from_flags'}
for name in sorted(dir(frozenset)):
    if not (name.startswith('__') and name not in SKIP) or not callable(getattr(frozenset, name)):
        continue
    for arguments in ((), (1,), ('a',), (b'a',), (None,), ([1, 2],), ((1, 2),), (1, 2), ('a', 'b'), (2.5,), (1, 2, 3, 4, 5)):
        v = frozenset([1, 2])
        try:
            print(name, arguments, '=>', show(getattr(v, name)(*arguments)))
        except Exception as e:
            print(name, arguments, '!!', type(e).__name__ + ':', e)
