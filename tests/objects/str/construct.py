# str(): conversions, decoding, __str__ and __repr__ protocols and their errors.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A:
    def __str__(self): return 'A-str'
    def __repr__(self): return 'A-repr'
class R:
    def __repr__(self): return 'only repr'
class B:
    def __str__(self): return 5
class BR:
    def __repr__(self): return None
class S(str):
    def __str__(self): return 'sub!'
class SS:
    def __str__(self): return S('x')
show(r"""
str(), str(5), str(1.5), str(None), str(True), str('a'), str([1, 'a']), str((1,)), str({'a': 1}), str({1}), str(b'a'), str(1j), str(range(3)), str(...), str(NotImplemented), str(int), str(slice(1, 2))
str(A()), repr(A()), str(R()), [A()], (A(),), {A: 1} and str([R()]), '%s %r' % (A(), A()), f'{A()} {A()!r} {A()!s}', format(A())
str(B())
repr(BR())
str(BR())
[BR()]
f'{B()}'
str(S('a')), type(str(S('a'))), str(SS()), type(str(SS())), type(S('abc')), S('abc') + 'd', type(S('abc')[0]), S('x') == 'x', f'{S("q")}', '%s' % S('q')
str(b'abc', 'ascii'), str(b'\xc3\xa9', 'utf-8'), str(b'\xff', 'latin-1'), str(b'\xff', errors='replace'), str(b'a', encoding='utf8'), str(bytearray(b'xy'), 'ascii'), str(memoryview(b'mv'), 'ascii'), str(object=5), str(b'', 'utf-8')
str(b'\xff', 'utf-8')
str(b'a', 'nope')
str('a', 'utf-8')
str(5, 'utf-8')
str(b'a', 5)
str(1, 2, 3, 4)
str.__new__(int)
str.__new__(str, 5), str.__add__('a', 'b')
object.__str__('x'), object.__repr__(5)[:11], str.__repr__('q'), str.__str__('q'), type('').__name__
""")
