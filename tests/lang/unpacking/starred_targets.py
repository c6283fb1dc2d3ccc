# Starred assignment targets in every position.
a, *b = [1, 2, 3]; print(a, b)
*a, b = [1, 2, 3]; print(a, b)
a, *b, c = 'hello'; print(a, b, c)
a, *b = [1]; print(a, b)
*a, b, c = 1, 2; print(a, b, c)
[*a] = 'xy'; print(a)
*a, = (); print(a)
(a, *b), *c = [[1, 2, 3], 4, 5]; print(a, b, c)
a, (b, *c), *d = 1, 'bcd', 2, 3; print(a, b, c, d)
class O: pass
o = O(); l = [0]
o.x, *l[0:1], o.y = range(5); print(o.x, l, o.y)
*o.z, l[0] = 'abc'; print(o.z, l)
for a, *b in ['abc', (1,), [2, 3]]: print(a, b)
print([(h, t) for h, *t in ['xyz', 'w']])
def gen():
    for i in range(4): print("gen", i); yield i
a, *b = gen(); print(a, b)
first, *_ , last = {'p': 1, 'q': 2, 'r': 3}; print(first, _, last)
a, b, *c, d = b'bytes'; print(a, b, c, d)
a = [*b] = c = (1, 2); print(a, b, c)
for f in ("a, *b, c = [1]", "*a, b = []", "a, b, *c = 'x'", "*a, = 5", "a, *b = None"):
    try: exec(f)
    except Exception as e: print(type(e).__name__, e)
for f in ("*a = 1", "a, *b, *c = x", "*a, *b = x", "(*a) = 1", "*(a, b) = 1", "*(a, b), = [1, 2]"):
    try: compile(f, '', 'exec'); print("ok")
    except SyntaxError as e: print(e.msg)
