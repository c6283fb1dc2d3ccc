# reversed of sequences, dicts and ranges.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(reversed([1, 2, 3])), ''.join(reversed('abc')), list(reversed((1, 2))), list(reversed(range(4))), list(reversed({'a': 1, 'b': 2})), list(reversed([])), list(reversed(b'ab')), next(reversed([9, 8]))
reversed({1, 2})
reversed(5)
reversed(None)
reversed(x for x in 'a')
reversed(zip())
""")
