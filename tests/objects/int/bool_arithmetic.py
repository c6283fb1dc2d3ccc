# bool behaves as 0 and 1.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
True + True, True * 10, True - 5, -True, +True, True / 2, True // 1, True % 2, True ** 3, True << 3, 10 >> True
True & False, True | 0, True ^ 1, type(True & True), type(True & 1), type(True + 0), abs(True), divmod(True, True), round(True)
sum([True] * 5), [1, 2, 3][True], 'abc'[False], range(True), 'x' * True, {True: 1}[1], True == 1, True is 1 == 1
True < 2, False < True, max(True, 0), str(True), repr(True), int(True), float(True), hex(True), f'{True:d} {True:5} {True:.1f}'
~False, not True, bool(2), bool(-1)
""")
