# slice objects: attributes, indices(), equality, hashing, in __getitem__.
# needs: 3.12
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
class I:
    def __index__(self): return 2
g = G()
show(r"""
slice(5), slice(1, 5), slice(1, 5, 2), slice(None), slice('a', 'b'), slice(1, 5).start, slice(5).start, slice(5).stop, slice(5).step
g[1], g[1:2], g[::], g[:], g[1:], g[:2], g[::3], g[1:2:3], g[1:2, 3], g[1:2, ::], g[...], g[..., 1], g['a':'b'], g[()], g[1,], g[(1, 2)], g[1:2, 3:4, 5], g[-1:], g[None:None]
slice(5).indices(10), slice(-3, None).indices(10), slice(None, None, -1).indices(5), slice(2, 100, 3).indices(10), slice(-100, 100).indices(5), slice(5, 1, -2).indices(10), slice(None).indices(0), slice(I(), I()).indices(5), slice(10**30).indices(5), slice(None, None, 2).indices(10**30), slice(3, None, -1).indices(2)
slice(1).indices(-1)
slice(1).indices('a')
slice('a').indices(5)
slice(1, 2, 0).indices(5)
slice(1.5).indices(5)
slice(1, 2) == slice(1, 2, None), slice(1) == slice(2), slice(1, 2) < slice(1, 3), slice(None) == slice(None), slice(1) != slice(1), slice(1) == 5
slice(1) < slice('a')
slice(1) < 5
slice()
slice(1, 2, 3, 4)
slice(start=1)
'abc'[slice(1, 3)], [1, 2, 3][slice(None, None, -1)], list(range(10))[slice(*slice(2, 8).indices(10))], repr(slice(None, 5)), str(slice(1, 2, 3)), type(slice(1)).__name__, slice(1, 2).__reduce__()[1], slice(1, 2).__class__
hash(slice(1, 2)) == hash(slice(1, 2)), {slice(1): 'x'}[slice(1)]
hash(slice([], 1))
""")
g[1:2] = 5; g[...] = 6; g[1, 2:3] = 7; del g[1:], g[0]
try: slice(1).start = 2
except AttributeError as e: print(e)
try:
    class S(slice): pass
except TypeError as e: print(e)
