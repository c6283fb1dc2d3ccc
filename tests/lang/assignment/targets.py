# Assignment to names, attributes, subscripts, slices and nested targets.
a = b = c = []
a.append(1); print(a, b, c, a is c)
x, y = 1, 2
x, y = y, x
print(x, y)
(x, y), z = (1, 2), 3
[x, [y, z]] = 'ab', 'cd'
print(x, y, z)
l = [0] * 5
l[0], l[-1], l[1:3] = 1, 2, 'xyz'
print(l)
class O: pass
o = O()
o.x = o.y = 5
o.p, o.q = 1, [2]
o.q[0], o.r = o.p, o.x
print(vars(o))
d = {}
d['a'], d['b'] = d['c'] = 'mn'
print(d)
i = 0
i, l[i] = 2, 'changed'
print(i, l)
(a) = 5; (a), = [6]; print(a)
() = []; [] = (); print("empty ok")
a, b = {1: 'x', 2: 'y'}; print(a, b)
*a, = 'xyz'; print(a)
x = y = z = w = 0
x += 1; print(x, y)
l = [1, 2, 3, 4]
l[::2] = 'ab'; print(l)
l[:] = []; print(l)
l[5:] = [1]; print(l)
for bad in ("f() = 1", "1 = x", "a + b = c", "(a, b) += 1", "x: int: str", "'a' = 1", "None = 1", "[a, 1] = 2", "a if b else c = 1", "lambda: 1 = 1", "a < b = 1", "-a = 1", "*a = 1", "{} = 1", "f'x' = 1", "... = 1"):
    try: compile(bad, '', 'exec'); print("ok", bad)
    except SyntaxError as e: print(e.msg)
