# simple slice assignment results.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

def s(sl, v):
    l = [0, 1, 2, 3, 4]
    l[sl] = v
    return l
def d(sl):
    l = [0, 1, 2, 3, 4]
    del l[sl]
    return l
show(r"""
s(slice(1, 3), 'ab'), s(slice(1, 3), []), s(slice(0, 0), [9]), s(slice(5, 5), [9]), s(slice(None), []), s(slice(None, None, 2), 'xyz'), s(slice(3, 1), [7]), s(slice(-2, None), 'z'), s(slice(None, None, -1), range(5)), s(slice(1, 1), range(3))
d(slice(1, 3)), d(slice(None)), d(slice(None, None, 2)), d(slice(None, None, -2)), d(slice(3, 1)), d(slice(-1, None)), d(slice(0, 100))
s(slice(None, None, 2), 'ab')
s(slice(0, 1), 5)
s(slice(0, 1, 0), [])
s(slice('a', None), [])
d(slice(None, None, 0))
s(slice(4, None, -2), 'ab')
""")
