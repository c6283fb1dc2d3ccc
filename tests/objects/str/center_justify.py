# center, ljust, rjust.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[('ab'.center(n), 'ab'.ljust(n), 'ab'.rjust(n)) for n in range(-1, 8)]
[('abc'.center(n, '*')) for n in range(9)]
'a'.center(4, 'é'), 'é'.ljust(3, '日'), '😀'.rjust(3, '-')
'a'.center(True), 'a'.center(5, '')
'a'.center()
'a'.center('5')
'a'.center(5, 5)
'a'.ljust(10**20)
""")
