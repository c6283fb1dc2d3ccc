# reduce and partial in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from functools import reduce, partial
show(r"""
reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 1), reduce(max, [3, 9, 2]), reduce(lambda a, b: b + a, 'abc'), partial(pow, 2)(5), partial(int, base=2)('11'), partial(print, end='') is not None, partial(lambda *a, **k: (a, k), 1, x=2)(3, y=4), partial(partial(max, 5), 7)(6)
reduce(max, [])
reduce(5, [1, 2])
partial(5)
partial()
partial(len)()
""")
