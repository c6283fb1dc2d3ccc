# repetition of strings.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
['ab' * n for n in (-1, 0, 1, 2, 3)], 3 * 'é', '日' * 2, '' * 10**9, 'x' * True, len('abc' * 1000), ('ab' * 3)[::2]
'a' * 2.0
'a' * '2'
[] * 'a'
'a' * (10**19)
""")
