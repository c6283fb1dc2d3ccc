# Messages when builtins get wrong argument counts or names.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

err(len); err(len, [], []); err(len, 5); err(len, x=1); err(abs); err(abs, 1, 2); err(ord); err(ord, 'ab'); err(ord, 5)
err(chr, 'a'); err(chr, -1); err(chr, 0x110000); err([].append); err([].append, 1, 2); err([].append, x=1); err([].insert, 1)
err([].pop, 1, 2); err([].pop, 'a'); err({}.get); err({}.get, 1, 2, 3); err({}.pop); err({}.popitem, 1); err({}.keys, 1)
err(''.join); err(''.join, 1); err(''.join, [1]); err(''.join, ['a', 2]); err('a'.upper, 1); err('a'.split, 1); err('a'.split, x=1)
err('a'.replace, 'b'); err('a'.replace, 1, 2); err('a'.startswith); err('a'.startswith, 1); err('a'.startswith, ('b', 1)); err('a'.find); err('a'.center)
err(isinstance, 1); err(isinstance, 1, 1); err(issubclass, 1, int); err(issubclass, int, 1); err(callable); err(id); err(hash)
err(getattr, 1); err(getattr, 1, 2); err(setattr, 1, 'a'); err(setattr, 1, 'a', 2); err(hasattr, 1, 2); err(delattr, [], 'x')
err(iter); err(iter, 1); err(iter, 1, 2); err(next); err(next, []); err(range, 1, 2, 3, 4); err(sum); err(sum, 1); err(sum, ['a']); err(sum, ['a'], ''); err(max); err(max, []); err(max, 1); err(min, 1, 2, foo=3)
err(int, 'x'); err(int, []); err(int, 'z', 36, 1); err(int, 5, 10); err(int, '1', 99); err(float, 'x'); err(float, []); err(float, 1, 2); err(complex, 'x'); err(str, b'a', 'no-such'); err(str, 1, 'utf8'); err(bool, 1, 2)
err(list, 5); err(list, 1, 2); err(tuple, 5); err(dict, 5); err(dict, [1]); err(dict, [(1, 2, 3)]); err(dict, 1, 2); err(set, 5); err(frozenset, 1, 2); err(bytes, 'a'); err(bytes, -1); err(bytes, [256]); err(bytearray, 'a'); err(bytes, [1, 'a'])
err(print, 1, foo=2); err(print, sep=1); err(sorted); err(sorted, 1); err(sorted, [1, 'a']); err(zip, 1); err(enumerate); err(enumerate, 1); err(map); err(map, 1); err(filter, 1); err(reversed, 1); err(reversed, {1}); err(round, 'a'); err(pow, 1); err(divmod, 1)
err(type, 1, 2); err(type); err(object.__new__); err(super); err(open); err(vars, 1); err(dir, 1, 2); err(eval); err(eval, 1); err(exec, 1); err(format, 1, 2); err(bin, 'a'); err(hex, 1.5); err(all, 1); err(any)
