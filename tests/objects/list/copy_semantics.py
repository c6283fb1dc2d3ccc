# slices, copy() and list() make shallow copies.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

a = [1, [2]]
show(r"""
(lambda b: (b is a, b == a, b[1] is a[1]))(a[:]), (lambda b: (b is a, b == a, b[1] is a[1]))(a.copy()), (lambda b: (b is a, b == a, b[1] is a[1]))(list(a)), (lambda b: (b is a, b == a))(a + []), (lambda b: (b is a, b == a))(a * 1), (lambda b: (b is a, b == a))([*a])
a[0:1], a[::1], a[::-1], a[:0], a[5:]
""")
