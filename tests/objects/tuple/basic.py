# tuple: construction, indexing, operators, methods, repr, errors.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

t = (1, 'a', 2.5, 1)
show(r"""
(), (1,), 1, tuple(), tuple('ab'), tuple([1, 2]), tuple({1: 2}), tuple(range(3)), tuple(x for x in 'yz'), tuple((1, 2)), (1, (2, (3,)))
t[0], t[-1], t[1:3], t[::-1], t[:], t[::2], t[10:], len(t), t.count(1), t.index('a'), t.index(1, 1), 1 in t, 'z' in t, t[True]
t + (9,), t * 2, 2 * t[:1], t * 0, t * -1, () + (), (1,) + (2,), (1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9), () < (1,), (1, 2) == (1.0, 2.0), (1,) == [1]
t[4]
t['a']
t[1.0]
t[::0]
t.index('zz')
t.index(1, 1, 2)
t.index()
t.count()
t + [1]
t * 1.5
t + 5
t * t
t < 5
(1, 'a') < (1, 2)
tuple(5)
tuple(1, 2)
tuple(x=1)
t.append(1)
hash((1, 2)) == hash((1, 2)), hash((1, 2)) == hash((2, 1)), hash(()) == hash(()), hash((1.0, 2)) == hash((1, 2)), {(1, 2): 'x'}[1, 2]
hash((1, []))
t.__getnewargs__(), (1,).__add__((2,)), (1,).__mul__(2), (1,).__contains__(1), (1,).__eq__([1]), ().__len__(), tuple.__new__(tuple, 'ab')
str((1, 'a')), repr((None,)), f'{(1, 2)}', '%s' % ((1,),)
tuple(t) is t, t[:] is t, () is tuple(), tuple([]) == ()
""")
def s(): t[0] = 1
def dl(): del t[0]
def at(): t.x = 1
for f in (s, dl, at):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
x = T(1, 2); x.attr = 5
print(x, type(x).__name__, x + (3,), type(x[:]).__name__, x == (1, 2), hash(x) == hash((1, 2)), x.attr, tuple(x) is x, type(tuple(x)), x * 2, len(x))
l = []; c = (l,); l.append(c); print(c)
print((1, 2, 3)[slice(None, None, -2)], max((3, 1), (2, 9)), sorted([(2, 'b'), (1, 'z'), (2, 'a')]), sum(((1,), (2,)), ()), (1, 2, 2).count(2))
