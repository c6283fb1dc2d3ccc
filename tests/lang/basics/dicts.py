# Dicts: building, reading, changing, iterating.
d = {"one": 1, "two": 2}
d["three"] = 3
print(d, len(d), d["two"], "one" in d, 1 in d)
d["one"] = 11
del d["two"]
print(d, d.get("zz"), d.get("zz", 0))
for k in d: print(k, d[k])
for k, v in d.items(): print(k, v)
print(list(d.keys()), list(d.values()))
try:
    d["missing"]
except KeyError as e:
    print("KeyError", e)
counts = {}
for ch in "hello world":
    counts[ch] = counts.get(ch, 0) + 1
print(counts)
print({k: v * 2 for k, v in d.items()}, {1: "int", (1, 2): "tuple", None: "none"})
