# bool() of everything.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class T:
    def __init__(self, v): self.v = v
    def __bool__(self): return self.v
class L:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
show(r"""
[bool(x) for x in (0, 1, -1, 0.0, 0.1, '', 'a', '0', [], [0], (), (0,), {}, {0: 0}, set(), {0}, None, ..., 0j, 1j, b'', b'0', range(0), range(1), int, len, float('nan'))]
bool(T(True)), bool(T(False)), bool(L(0)), bool(L(2))
bool(T(1))
bool(T(None))
bool(L(-1))
bool(L('a'))
not T(0)
[x for x in 'a' if T('x')]
""")
