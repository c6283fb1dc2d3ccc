# iterators stay exhausted; independent iterators.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

def ex(it):
    list(it)
    return next(it, 'done'), next(it, 'done'), list(it)
show(r"""
ex(iter([1])), ex(iter('ab')), ex(iter({1: 2})), ex(iter({1})), ex(iter(range(2))), ex(map(str, [1])), ex(zip([1])), ex(filter(None, [1])), ex(enumerate('a')), ex(reversed([1])), ex(x for x in 'a'), ex(iter(b'a')), ex(iter((1,)))
(lambda l: (next(iter(l)), next(iter(l))))([1, 2]), (lambda i: (next(i), next(i)))(iter([1, 2])), [a + b for a in 'ab' for b in iter('xy')], (lambda i: list(zip(i, i)))(iter(range(6)))
""")
