# Augmented assignment on every operator and target kind.
x = 10
x += 5; print(x)
x -= 3; print(x)
x *= 4; print(x)
x //= 5; print(x)
x **= 2; print(x)
x %= 30; print(x)
x <<= 3; print(x)
x >>= 1; print(x)
x |= 5; print(x)
x &= 0x3f; print(x)
x ^= 0xf; print(x)
x /= 4; print(x)
class O: pass
o = O(); o.a = 1; o.a += 2; print(o.a)
d = {'k': [1]}; d['k'] += [2]; d['n'] = 1; d['n'] *= 7; print(d)
l = [1, 2, 3]; l[1] += 10; l[-1] *= 2; l[0:2] += [9]; print(l)
m = l; l += (7,); print(m is l, m)
l *= 2; print(m)
t = (1,); u = t; t += (2,); print(t, u)
s = 'a'; s += 'b'; s *= 3; print(s)
st = {1}; su = st; st |= {2}; st &= {2, 3}; st ^= {5}; st -= {5}; print(st, su is st)
dd = {'a': 1}; de = dd; dd |= {'b': 2}; dd |= [('c', 3)]; print(de)
t = ([],)
try: t[0] += [1]
except TypeError as e: print(e, t)
def f():
    n = 1
    n += n
    n = n
    return n
print(f())
def g():
    x += 1
try: g()
except UnboundLocalError as e: print(e)
x = 'a %s'; x %= 'b'; print(x)
