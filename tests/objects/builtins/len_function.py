# len on builtin containers and user classes.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class L:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
show(r"""
len(''), len('é😀'), len(b'ab'), len([1]), len(()), len({1: 2}), len({1}), len(range(5)), len({}.keys()), len(L(3)), len(L(True))
len(L(-1))
len(L('a'))
len(L(1.5))
len(L(None))
len(L(10**30))
len(5)
len(None)
len(iter([]))
len(int)
""")
