# Building strings in loops and by formatting.
s = ""
for i in range(10): s += str(i)
print(s)
parts = []
for i in range(5): parts.append("<%d>" % i)
print("".join(parts))
t = "x"
for _ in range(6): t = t + t
print(len(t), t[:5])
print("\n".join("%-5s|%5d" % (w, i) for i, w in enumerate(["a", "bb", "ccc"])))
r = "abc"
print(r[::-1] == "".join(reversed(r)), r * 2 + "-" * 3, ",".join(str(x) for x in (1, 2.5, None)))
u = ""
for c in "héllo wörld": u = c.upper() + u
print(u, len(u))
