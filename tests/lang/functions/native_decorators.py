# Methods of built-in types as decorators: they look at what they are given as in any call.
# differs: CPython 3.14 crashes when split() gives no exceptions; the rest is as there
for decorator in ('str.upper', 'list.pop', 'dict.keys', 'bytes.hex', 'int.bit_length', 'set.add', 'tuple.index', 'float.hex', 'object.__repr__'):
    for thing in ('def f(): pass', 'class f: pass'):
        try:
            exec(f'@{decorator}\n{thing}')
            print(decorator, 'took it')
        except TypeError as e:
            print(e)

# An assertion's message goes to AssertionError whatever its name means now.
AssertionError = str.upper
try: assert 0, 5
except BaseException as e: print(type(e).__name__, e)

# A group's split() that gives no exceptions.
for bad in ((5, 6), (None, 5), ('x', None)):
    class Odd(ExceptionGroup):
        def split(self, condition): return bad
    try:
        try: raise Odd('g', [ValueError(1)])
        except* ValueError as e: print('handler')
    except TypeError as e: print('TypeError')
