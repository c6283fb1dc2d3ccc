# Slice reads over all sign combinations.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

l = list(range(6))
print([l[i:j] for i in (None, 0, 2, -2, 9, -9) for j in (None, 0, 4, -1, 9, -9)])
print([l[i:j:k] for i in (None, 1, 5, -1) for j in (None, 0, 4, -6) for k in (1, 2, -1, -2, 7, -7)])
show(r"""
l[:], l[:] is l, l[::-1], l[::2], l[1::2], l[::-2], l[-1:0:-1], l[5:1:-2], l[10:], l[:-10], l[3:3], l[4:2], l[:10**30], l[-10**30:], l[::10**30], l[::-10**30], l[None:None:None]
l[slice(2)], l[slice(1, 4, 2)], l[slice(None)], [][:], [][::-1], [1][::-1], l[True:], l[False:True]
l[::0]
l['a':]
l[:1.5]
l[::'x']
l[1:2, 3]
""")
class Weird:
    def __index__(self): print("index called"); return 2
print(l[Weird():], l[:Weird():Weird()])
class Clear:
    def __index__(self): l.clear(); return 3
print(l[0:Clear()], l)
