# Indexing, assignment and deletion by index, with errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
l = [10, 20, 30]
show(r"""
l[0], l[-1], l[2], l[-3], l[True], l[I(1)], l[I(-1)], l[0:2], l[1:][0]
l[3]
l[-4]
l['a']
l[1.0]
l[None]
l[10**30]
l[I('x')]
l[1, 2]
[][0]
l.__getitem__(1), l.__getitem__(slice(0, 2)), l.__len__(), l.__contains__(20)
l.__setitem__(0, 11), l, l.__delitem__(0), l
l.__setitem__(9, 1)
l.__delitem__(9)
""")
def st(i, v=0): l[i] = v
def dl(i): del l[i]
l = [1, 2, 3, 4, 5]
st(0, 'a'); st(-1, 'z'); st(I(2), 'm'); print(l); dl(0); dl(-1); dl(I(1)); print(l)
for f, a in ((st, 5), (st, -9), (st, 'a'), (st, 1.5), (st, 10**30), (dl, 5), (dl, -9), (dl, 'a'), (dl, None), (dl, 10**30)):
    try: f(a)
    except Exception as e: print(type(e).__name__, e)
n = [[1, 2], [3, 4]]; n[0][1] = 'x'; n[-1][-1] += 5; print(n); del n[0][0]; print(n)
x = [1, 2, 3]; i = 0
x[i], i = 'first', 1; print(x, i); x[i] = x[i - 1]; print(x)
class Sneaky:
    def __index__(self): y.clear(); return 1
y = [1, 2, 3]
try: y[Sneaky()]
except IndexError as e: print(e)
y = [1, 2, 3]
try: y[Sneaky()] = 5
except IndexError as e: print(e, y)
