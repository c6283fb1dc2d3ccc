# remove, index and count with equality.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class E:
    def __eq__(self, o): return True
show(r"""
(lambda l: (l.remove(2), l))([1, 2, 3, 2]), (lambda l: (l.remove(1.0), l))([True, 1]), [1, 2, 3].index(3), [1, 2, 1].index(1, 1), [1, 2].index(2, -1), ['a', 'b'].count('a'), [1, 1.0, True, '1'].count(1), [None, None].count(None), [E(), 1].index(5), [E(), 5].count(9)
[1].remove(2)
[].remove(None)
[1, 2].index(3) if False else 0
float('nan') in [float('nan')], (lambda n: (n in [n], [n].index(n), [n].count(n)))(float('nan'))
""")
