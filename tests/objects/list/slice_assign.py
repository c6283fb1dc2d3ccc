# Slice assignment and deletion, extended slices, self assignment, errors.
# needs: 3.13
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

def sa(l, i, j, k, v):
    l = list(l); l[i:j:k] = v; return l
def da(l, i, j, k):
    l = list(l); del l[i:j:k]; return l
r = range(6)
for args in ((0, 2, None, 'ab'), (0, 2, None, 'x'), (0, 2, None, ''), (0, 0, None, 'new'), (6, 6, None, 'end'), (None, None, None, []), (4, 2, None, 'ins'), (-2, None, None, (9,)), (None, None, 2, 'abc'), (None, None, -1, range(6)), (5, None, -2, 'xyz'), (1, 4, 2, [8, 9]), (99, None, None, [1]), (-99, 1, None, [7]), (None, None, 1, 'q'), (2, 2, 2, [])):
    print(args, sa(r, *args))
for args in ((0, 2, None), (None, None, None), (None, None, 2), (None, None, -1), (1, 5, 2), (5, 1, -2), (4, 2, None), (-1, None, None), (9, None, None), (None, None, 10), (None, None, -3), (0, 0, 3)):
    print(args, da(r, *args))
err(sa, r, None, None, 2, 'ab'); err(sa, r, None, None, 2, 'abcd'); err(sa, r, 0, 2, None, 5); err(sa, r, 0, 2, 2, 5); err(sa, r, 0, 2, 0, 'a'); err(da, r, 0, 2, 0); err(sa, r, 'a', 2, None, []); err(sa, r, None, None, -1, 'abc'); err(sa, r, None, None, None, None)
l = [1, 2, 3]; l[1:1] = l; print(l)
l = [1, 2, 3]; l[:] = l; print(l)
l = [1, 2, 3]; l[::2] = l[:2]; print(l)
l = [1, 2, 3]; l[1:] = (x * 2 for x in l); print(l)
l = [1, 2, 3]; l[5:9] = 'z'; print(l); l[::-1] = l; print(l)
l = [0, 1, 2, 3]; l[1:3] += 'ab'; print(l); l[0:2] *= 2; print(l)
l = [1]; l[0:1], l[1:] = 'xy', 'zw'; print(l)
class Ev:
    def __iter__(self): m.clear(); return iter([7, 8])
m = [1, 2, 3, 4]; m[1:3] = Ev(); print(m)
