# list() and tuple() of iterables.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(), list('ab'), list((1, 2)), list({1: 2}), list(range(3)), list(x for x in 'a'), tuple(), tuple('ab'), tuple([1]), tuple({1}), list(b'a'), list(map(str, (1, 2))), list(zip('a', 'b')), tuple(enumerate('a'))
list(5)
tuple(None)
list(1, 2)
list(len)
""")
