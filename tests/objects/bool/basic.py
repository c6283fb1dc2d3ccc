# bool: construction, arithmetic, formatting and truth of every builtin type.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
bool(), bool(0), bool(1), bool(''), bool('0'), bool([]), bool([0]), bool(None), bool(0.0), bool(-0.0), bool(float('nan')), bool(0j)
bool(()), bool({}), bool(set()), bool(range(0)), bool(range(1)), bool(b''), bool(b'\0'), bool(...), bool(int), bool(lambda: 0)
True + True, True - 1, True * 3, True / 2, True // 1, -True, ~True if False else -2, True ** 2, True << 2, True % 2
True & True, True & False, True | False, True ^ True, True & 1, 1 | True, type(True & 1), type(True | False)
True == 1, True is 1 == 1, False == 0, True == 1.0, True != 2, True < 2, hash(True), hash(False)
str(True), repr(False), '%s %d %r' % (True, True, False), f'{True} {True:d} {False:>6} {True!s:5}|', int(True), float(False), complex(True)
isinstance(True, int), issubclass(bool, int), type(True), bool.__mro__, True.__class__, True.real, True.imag, True.numerator
sum([True, True, False]), [10, 20][True], 'ab'[False], {True: 'a', 1: 'b', 1.0: 'c'}, 'ab' * True, [1] * False, range(True)
sorted([True, False, True]), max(True, 2), min(False, 0), any([0, '', None]), all([]), all([1, 'a']), any([])
True.bit_length(), True.to_bytes(1, 'big'), True.__and__(False), True.__and__(5), True.__and__('a'), True.__xor__(True), True.__repr__()
not True, not 0, not [], not 'a', not not 5
bool(1, 2)
bool(x=1)
True.foo
True + 'a'
bool.__new__(int)
int.__new__(bool, 1)
bool.__new__(bool, 5), bool.from_bytes(b'\1'), bool('False')
bool(NotImplemented)
""")
