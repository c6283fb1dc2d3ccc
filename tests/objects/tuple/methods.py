# tuple count, index and operators.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
(1, 2, 1).count(1), (1, 2, 1).index(2), (1, 2, 1).index(1, 1), ().count(1), (1, 2) + (3,), (1,) * 3, 3 * (1, 2), () * 5, (1, 2, 3)[::-1], (1, 2, 3)[1:], 2 in (1, 2), (1, (2, 3))[1][0]
(1,).index(5) if False else 0
(1,) + [2]
(1,) * 'a'
(1,)[1]
(1,)['a']
(1, 2) < (1, 'a')
(1,).append
(1, 2) == [1, 2], (1,) < (2,), () < (0,), (1, 2) <= (1, 2), max([(1, 2), (1, 3)]), hash((1, 2)) == hash((1, 2)), (nan := float('nan'),) == (nan,)
tuple([1, 2]), tuple('ab'), tuple(), tuple((1,)), tuple(x for x in 'ab'), tuple({1: 2})
tuple(5)
tuple(1, 2)
""")
