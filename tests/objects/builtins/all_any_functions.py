# all and any: short circuit and truthiness.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

log = []
def t(x): log.append(x); return x
show(r"""
all([]), all([1]), all([1, 0]), all('ab'), all({}), all({0: 1}), all(x for x in (1, 2)), any([]), any([0]), any([0, 2]), any(''), any('a'), any({0}), any(x for x in (0, 0))
any(t(x) for x in (0, 1, 2)), log
log.clear(), all(t(x) for x in (1, 0, 2)), log
all(1)
any(None)
all()
any([], [])
""")
