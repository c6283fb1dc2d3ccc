# Aliasing, copying, identity and equality.
a = [1, [2]]
b = a
c = list(a)
d = a[:]
b.append(3)
c[1].append("shared")
print(a, b, c, d, a is b, a is c, a == c, a[1] is c[1])
x = y = []
x.append(1)
print(y, x is y)
def change(l): l.append("in"); l = ["new"]; return l
z = []
print(change(z), z)
t = (1, [2])
t[1].append(3)
print(t)
def default(l=[]): l.append(len(l)); return l
print(default(), default(), default([]))
e = {"k": a}; f = dict(e); f["k2"] = 1; f["k"].append("both"); print(e == {"k": a}, len(e), len(f))
