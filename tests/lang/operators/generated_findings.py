# What generated programs (fuzz/differential) showed to be different.
#
# `in` with a display that only a star fills: it is searched as the list or set that it is.
# needs: 3.14
print('' in [*'ab'], 'ab' in [*'ab'], 'a' in [*'ab'], 2.5j in [*'0'], 97 in [*b'ab'], b'a' in [*b'ab'])
print('' in {*'ab'}, 'ab' in {*'ab'}, 'b' not in {*'ab'})
try: print([] in {*(1, 2)})
except TypeError as e: print(str(e).replace("cannot use 'list' as a set element (", '').rstrip(')'))
print(3 in [1, 2, 3], 3 in {1, 2, 3}, [x for x in [*'xy']])

# A TypeError from __iter__ says that the object is no container; other errors pass.
class Fails:
    def __init__(self, error): self.error = error
    def __iter__(self): raise self.error
for error in (TypeError('mine'), ValueError('mine')):
    try: 0 in Fails(error)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)

# Who is asked for a modulus.
for arguments in ((9, {}, 1j), (9, 2, 1j), (9, {}, 1.5), (9, 1j, {})):
    try: pow(*arguments)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)

# In-place forms of operators that immediate numbers lack name themselves; a wrong base is wrong before a wrong value.
for op in '& | ^ << >> @'.split():
    try: exec(f'v = 1.5\nv {op}= 2.5')
    except TypeError as e: print(e)
for arguments in ((5, 1), (5, 10), ([], 99), ('5', 99), ('5', -1)):
    try: int(*arguments)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
